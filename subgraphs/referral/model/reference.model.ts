/**
 * What a referral is and shares, in its simplest form: the domain's table (domain-moves.fixture.ts), its rules of sharing
 * (section 4) and its clocks in hours. It knows nothing of machine.ts, the store or the subgraph. Test support.
 */
import { type Cells, DOMAIN_MOVES, REASON_NEEDED } from '../domain-moves.fixture.ts';
import type { Move } from '../machine.ts';
import type { ReferralState, Role } from '../referral.ts';

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
  clock: ModelClock | null;
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

/** From acceptance until seven days after the end; at once no more where it broke off or its basis ended. */
export function isShared(model: Model, referral: ModelReferral): boolean {
  const { acceptedAt, finishedAt, broken } = referral;
  if (acceptedAt === null || broken || model.now < acceptedAt || !standing(model, referral)) return false;
  return finishedAt === null || model.now < finishedAt + 7 * DAY_MS;
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
    clock: started(model.now, shape),
  };
  model.referrals.push(referral);
  note(model, referral, 'CREATE');
  return referral;
}

const started = (at: number, { hours }: Shape): ModelClock => {
  const due = at + hours * HOUR_MS;
  return { dueAt: due, escalateAt: [due, due + hours * HOUR_MS], told: 0, waitingSince: null, waited: false };
};

/** Why not, by the table alone; `null` = it may be made. */
export function refusedByTable(move: Move, { state }: Pick<ModelReferral, 'state'>, roles: readonly Role[]) {
  const cells = cellsOf(move, roles);
  if (cells.length === 0) return 'NOT_YOUR_MOVE' as const;
  return cells.some((one) => one[state] !== undefined) ? null : ('WRONG_STATE' as const);
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
  referral.clock = clockAfter(referral, move, now);
  note(model, referral, move);
}

function clockAfter({ clock, shape, state }: ModelReferral, move: Move, now: number): ModelClock | null {
  if (move === 'ACCEPT') return started(now, shape);
  if (clock === null || !['REQUESTED', 'ACCEPTED'].includes(state)) return null;
  const asks = move === 'REQUEST_INFORMATION' && clock.waitingSince === null && !clock.waited && now < clock.dueAt;
  if (asks && shape.kind !== 'CRISIS') return { ...clock, waitingSince: now };
  if (move !== 'PROVIDE_INFORMATION' || clock.waitingSince === null) return clock;
  // What was left when it was asked is left when it is answered.
  const dueAt = Math.max(clock.dueAt, now + clock.dueAt - clock.waitingSince);
  return { ...clock, dueAt, escalateAt: [dueAt, dueAt + shape.hours * HOUR_MS], waitingSince: null, waited: true };
}

export const isOverdue = ({ now }: Model, { clock }: ModelReferral): boolean => clock !== null && now >= clock.dueAt;

/** What the hub itself is to say of a referral now: each is one commit. */
export function pending(model: Model, referral: ModelReferral): readonly ('BASIS_ENDED' | 'OVERDUE')[] {
  const ended = isOpen(referral) && !referral.basisEnded && !standing(model, referral);
  return [
    ...(ended ? (['BASIS_ENDED'] as const) : []),
    ...(dueSteps(model, referral).length > 0 ? (['OVERDUE'] as const) : []),
  ];
}

function dueSteps({ now }: Model, { clock }: ModelReferral): readonly number[] {
  return clock === null
    ? []
    : [1, 2].filter((step) => step > clock.told && (clock.escalateAt[step - 1] ?? Infinity) <= now);
}

export function saidByTheHub(model: Model, referral: ModelReferral, what: 'BASIS_ENDED' | 'OVERDUE'): void {
  referral.version += 1;
  if (what === 'BASIS_ENDED') {
    referral.basisEnded = true;
    note(model, referral, what);
    return;
  }
  const steps = dueSteps(model, referral);
  if (referral.clock !== null) referral.clock = { ...referral.clock, told: referral.clock.told + steps.length };
  for (const step of steps) note(model, referral, what, step);
}

const OFFICE = 'leading-group-office';

function note(
  model: Model,
  { id, version, state, shape }: ModelReferral,
  change: string,
  step: number | null = null,
): void {
  const supervisor = shape.target === 'clinic' ? 'health-commission' : OFFICE;
  const addressee = step === null ? [] : [step === 1 ? supervisor : OFFICE];
  const parties = [...addressee, shape.requester, shape.target];
  model.changes.push({ referralId: id, version, change, step, state, parties });
}

/** Feeds of the parties, with the organisations whose changes belong into each. */
export const FEEDS: Readonly<Record<string, readonly string[]>> = {
  'organisation:school-7': ['school-7'],
  'department:EDUCATION': ['school-7'],
  'organisation:clinic': ['clinic'],
  'organisation:health-commission': ['health-commission'],
  'department:HEALTH': ['clinic', 'health-commission'],
  [`organisation:${OFFICE}`]: [OFFICE],
};
