/**
 * What a referral is and shares, in its simplest form: the domain's table (domain-moves.fixture.ts), its rules of sharing
 * (section 4) and its clocks by what is owed in which state. It knows nothing of machine.ts, clock-rules.ts, the store or the subgraph. Test support.
 */
import { calendarOf2026 } from '../../../adapters/calendar/calendar.fixture.ts';
import { type Cells, DOMAIN_MOVES, REASON_NEEDED } from '../domain-moves.fixture.ts';
import type { Move } from '../machine.ts';
import type { ReferralState, Role } from '../codes.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Kinds of referral that the model makes: who asks whom for what. */
export const SHAPES = [
  { kind: 'SERVICE', requester: 'school-7', target: 'clinic', categories: ['education:assessment'], hours: 24 },
  { kind: 'CRISIS', requester: 'school-7', target: 'clinic', categories: ['education:enrolment'], hours: 2 },
  {
    kind: 'CRISIS',
    requester: 'school-7',
    target: 'health-commission',
    categories: ['education:assessment', 'education:enrolment'],
    hours: 2,
  },
  { kind: 'SERVICE', requester: 'clinic', target: 'health-commission', categories: ['health:follow-up'], hours: 24 },
] as const;
export type Shape = (typeof SHAPES)[number];

interface ModelClock {
  readonly step: Owed;
  dueAt: number;
  escalateAt: readonly [number, number];
  told: number;
  waitingSince: number | null;
  waited: boolean;
}

export interface ModelReferral {
  readonly id: string;
  readonly shape: Shape;
  state: ReferralState;
  version: number;
  acceptedAt: number | null;
  finishedAt: number | null;
  /** Rejected, cancelled, declined, in error. */
  broken: boolean;
  loopClosed: boolean;
  consentId: string;
  basisEnded: boolean;
  /** Id → whose task. */
  readonly followUps: Map<string, string>;
  /** Worker → categories, of those who joined the team on the ground of it. */
  readonly team: Map<string, readonly string[]>;
  /** Whose key for which move → what it was used for. */
  readonly applied: Map<string, string>;
  /** Those that run, in the order of their start. */
  clocks: readonly ModelClock[];
}

/** One entry of the feeds. */
export interface Change {
  readonly referralId: string;
  readonly version: number;
  readonly change: string;
  readonly step: number | null;
  readonly state: ReferralState;
  /** Organisations whose feeds have it. */
  readonly parties: readonly string[];
}

export interface ModelConsent {
  readonly id: string;
  readonly to: number | null;
  withdrawn: boolean;
}

export interface Model {
  now: number;
  /** In the order in which one is taken where none is named. */
  readonly consents: ModelConsent[];
  readonly referrals: ModelReferral[];
  /** Whose key → which referral, asked for how. */
  readonly created: Map<string, { readonly content: string; readonly referral: ModelReferral }>;
  /** In the order of commits. */
  readonly changes: Change[];
}

const TERMINAL: ReadonlySet<ReferralState> = new Set([
  'COMPLETED',
  'FAILED',
  'REJECTED',
  'CANCELLED',
  'ENTERED_IN_ERROR',
]);
const isOpen = ({ state }: ModelReferral): boolean => !TERMINAL.has(state);

export const inForce = ({ now }: Model, { to, withdrawn }: ModelConsent): boolean =>
  !withdrawn && (to === null || now < to);

export function standing(model: Model, { consentId, basisEnded }: ModelReferral): boolean {
  return !basisEnded && model.consents.some((one) => one.id === consentId && inForce(model, one));
}

/** Does the target know whom it is about? Once it accepted, until seven days after the end; no more where it broke off. */
export function isKnown(model: Model, referral: ModelReferral): boolean {
  const { acceptedAt, finishedAt, broken } = referral;
  if (acceptedAt === null || broken || !standing(model, referral)) return false;
  return finishedAt === null || model.now < finishedAt + 7 * DAY_MS;
}

/** From acceptance until seven days after the end; at once no more where it broke off or its basis ended. */
export function isShared(model: Model, referral: ModelReferral): boolean {
  return isKnown(model, referral) && model.now >= (referral.acceptedAt ?? Number.POSITIVE_INFINITY);
}

/** The first that covers; all of the model's cover all of its shapes. `null` = none. */
export function consentFor(model: Model, named: string | null): string | null {
  return model.consents.find((one) => (named === null || one.id === named) && inForce(model, one))?.id ?? null;
}

export function created(model: Model, id: string, shape: Shape, consentId: string): ModelReferral {
  const referral: ModelReferral = {
    id,
    shape,
    state: 'REQUESTED',
    version: 1,
    acceptedAt: null,
    finishedAt: null,
    broken: false,
    loopClosed: false,
    consentId,
    basisEnded: false,
    followUps: new Map(),
    team: new Map(),
    applied: new Map(),
    clocks: [],
  };
  referral.clocks = clocksAfter(model, referral);
  model.referrals.push(referral);
  note(model, referral, 'CREATE');
  return referral;
}

/** What somebody owes next: the target the first three, the requester the others. */
type Owed = 'FIRST_ANSWER' | 'HAND_OVER' | 'HOLD_REVIEW' | 'ACKNOWLEDGEMENT' | 'BASIS';
const REQUESTERS: ReadonlySet<Owed> = new Set(['ACKNOWLEDGEMENT', 'BASIS']);
const OWED_IN: Readonly<Partial<Record<ReferralState, Owed>>> = {
  REQUESTED: 'FIRST_ANSWER',
  ACCEPTED: 'HAND_OVER',
  ON_HOLD: 'HOLD_REVIEW',
  COMPLETED: 'ACKNOWLEDGEMENT',
  FAILED: 'ACKNOWLEDGEMENT',
  REJECTED: 'ACKNOWLEDGEMENT',
};

function owedOf(referral: ModelReferral): readonly Owed[] {
  const { state, loopClosed, basisEnded } = referral;
  const next = loopClosed ? undefined : OWED_IN[state];
  return [...(next === undefined ? [] : [next]), ...(basisEnded && isOpen(referral) ? (['BASIS'] as const) : [])];
}

const calendar = calendarOf2026();
/** By what is owed in which state; the rest goes at the pace of the shape. */
const WORKING_DAYS: Readonly<Record<string, number>> = { 'HOLD_REVIEW ON_HOLD': 20, 'ACKNOWLEDGEMENT COMPLETED': 5 };

function started(step: Owed, { now }: Model, { shape: { hours }, state }: ModelReferral): ModelClock {
  const days = WORKING_DAYS[`${step} ${state}`];
  const dueAt = days === undefined ? now + hours * HOUR_MS : calendar.addWorkingDays(now, days).at;
  const then = days === undefined ? dueAt + hours * HOUR_MS : calendar.addWorkingDays(dueAt - 1, days).at;
  return { step, dueAt, escalateAt: [dueAt, then], told: 0, waitingSince: null, waited: false };
}

/** What is owed no longer has no clock; what is owed anew has a new one. */
function clocksAfter(model: Model, referral: ModelReferral): readonly ModelClock[] {
  const owed = owedOf(referral);
  const going = referral.clocks.filter(({ step }) => owed.includes(step));
  const anew = owed.filter((step) => going.every((clock) => clock.step !== step));
  return [...going, ...anew.map((step) => started(step, model, referral))];
}

/** Moves that begin or widen the sharing. */
const NEEDS_BASIS: ReadonlySet<Move> = new Set(['ACCEPT', 'START', 'JOIN_CARE_TEAM', 'MESSAGE']);

/** Why not, by table and basis alone; `null` = it may be made. */
export function refusedByTable(
  model: Model,
  { move, referral }: { move: Move; referral: ModelReferral },
  roles: readonly Role[],
) {
  const cells = cellsOf(move, roles);
  if (cells.length === 0) return 'NOT_YOUR_MOVE' as const;
  if (!cells.some((one) => one[referral.state] !== undefined)) return 'WRONG_STATE' as const;
  return NEEDS_BASIS.has(move) && !standing(model, referral) ? ('BASIS_MISSING' as const) : null;
}

const cellsOf = (move: Move, roles: readonly Role[]): readonly Cells[] =>
  roles.flatMap((role) => DOMAIN_MOVES[move][role] ?? []);

/** Whoever asks as the requester needs no reason, whatever else they are. */
export function needsReason(move: Move, roles: readonly Role[]): boolean {
  const role = roles.find((one) => DOMAIN_MOVES[move][one] !== undefined);
  return REASON_NEEDED.some(([one, who]) => one === move && who === role);
}

/** What a move that was made changes, beside its content. */
export function moved(model: Model, referral: ModelReferral, move: Move, roles: readonly Role[]): void {
  const { now } = model;
  referral.state = cellsOf(move, roles)[0]?.[referral.state] ?? referral.state;
  referral.version += 1;
  if (move === 'ACCEPT') referral.acceptedAt = now;
  if (move === 'COMPLETE' || move === 'FAIL') referral.finishedAt = now;
  if (move === 'ACKNOWLEDGE') referral.loopClosed = true;
  referral.broken ||= ['REJECTED', 'CANCELLED', 'ENTERED_IN_ERROR'].includes(referral.state);
  referral.clocks = clocksAfter(model, referral).map((clock) => asked(clock, { shape: referral.shape, move, now }));
  note(model, referral, move);
}

/** A question to the requester, and its answer. */
function asked(clock: ModelClock, { shape, move, now }: { shape: Shape; move: Move; now: number }): ModelClock {
  if (clock.step !== 'FIRST_ANSWER') return clock;
  const asks = move === 'REQUEST_INFORMATION' && clock.waitingSince === null && !clock.waited && now < clock.dueAt;
  if (asks && shape.kind !== 'CRISIS') return { ...clock, waitingSince: now };
  if (move !== 'PROVIDE_INFORMATION' || clock.waitingSince === null) return clock;
  // What was left when it was asked is left when it is answered.
  const dueAt = Math.max(clock.dueAt, now + clock.dueAt - clock.waitingSince);
  return { ...clock, dueAt, escalateAt: [dueAt, dueAt + shape.hours * HOUR_MS], waitingSince: null, waited: true };
}

/** For who is the target alone, by what the target owes. */
export const isOverdue = ({ now }: Model, { clocks }: ModelReferral, roles: readonly Role[]): boolean =>
  clocks
    .filter(({ step }) => !REQUESTERS.has(step) || roles.some((role) => role !== 'TARGET'))
    .some(({ dueAt }) => now >= dueAt);

/** What the hub itself is to say of a referral now: each is one commit. */
export function pending(model: Model, referral: ModelReferral): readonly ('BASIS_ENDED' | 'OVERDUE')[] {
  const ended = isOpen(referral) && !referral.basisEnded && !standing(model, referral);
  return [
    ...(ended ? (['BASIS_ENDED'] as const) : []),
    ...(dueSteps(model, referral).length > 0 ? (['OVERDUE'] as const) : []),
  ];
}

function dueSteps({ now }: Model, { clocks }: ModelReferral) {
  return clocks.flatMap((clock) =>
    [1, 2]
      .filter((step) => step > clock.told && (clock.escalateAt[step - 1] ?? Infinity) <= now)
      .map((step) => ({ clock, step })),
  );
}

export function saidByTheHub(model: Model, referral: ModelReferral, what: 'BASIS_ENDED' | 'OVERDUE'): void {
  referral.version += 1;
  if (what === 'BASIS_ENDED') {
    referral.basisEnded = true;
    referral.clocks = clocksAfter(model, referral);
    note(model, referral, what);
    return;
  }
  for (const { clock, step } of dueSteps(model, referral)) {
    clock.told += 1;
    note(model, referral, what, { of: clock.step, step });
  }
}

const OFFICE = 'leading-group-office';
const SUPERVISORS: Readonly<Record<string, string>> = { clinic: 'health-commission', 'school-7': 'education-bureau' };

function note(
  model: Model,
  { id, version, state, shape }: ModelReferral,
  change: string,
  late: { readonly of: Owed; readonly step: number } | null = null,
): void {
  const { requester, target } = shape;
  const parties = [...(late === null ? [] : [addresseeOf(late, shape)]), requester, target];
  model.changes.push({ referralId: id, version, change, step: late?.step ?? null, state, parties });
}

function addresseeOf({ of, step }: { readonly of: Owed; readonly step: number }, { requester, target }: Shape): string {
  const supervisor = SUPERVISORS[REQUESTERS.has(of) ? requester : target];
  return (step === 1 ? supervisor : undefined) ?? OFFICE;
}

/** Feeds of the parties, with the organisations whose changes belong into each. */
export const FEEDS: Readonly<Record<string, readonly string[]>> = {
  'organisation:school-7': ['school-7'],
  'organisation:education-bureau': ['education-bureau'],
  'department:EDUCATION': ['school-7', 'education-bureau'],
  'organisation:clinic': ['clinic'],
  'organisation:health-commission': ['health-commission'],
  'department:HEALTH': ['clinic', 'health-commission'],
  [`organisation:${OFFICE}`]: [OFFICE],
};
