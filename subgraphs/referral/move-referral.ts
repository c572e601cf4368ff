import { changeEvent } from '../../adapters/audit/port.ts';
import { StoreConflict } from '../../adapters/store/port.ts';
import { persons } from '../person/person.ts';
import { isPlainText } from '../shared/plain-text.ts';
import { basisStands } from './basis.ts';
import { referralChange } from './changes/referral-change.ts';
import { clocksAfter } from './clocks/clocks-after.ts';
import { type Applied, appliedOf } from './applied-of.ts';
import { intakeEvents } from './follow-intake.ts';
import { TEAM_JOINED } from './team-joined.ts';
import { type Move, type MoveRule, MOVES, refusalOf, roleFor } from './machine.ts';
import { type ReferralState, type Role, TERMINAL } from './codes.ts';
import { type Referral, referrals, type StoredReferral } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import type { ReferralOutcome } from './referral-outcome.ts';
import { type Refusal, refused } from './refusal.ts';
import { rolesIn } from './roles.ts';
import { proseOf, sealFor } from './texts.ts';

/** A referral has so many moves at most: after them it can only end. */
const MAX_MOVES = 2_000;
const ENDS_AT_ONCE: ReadonlySet<ReferralState> = new Set(['REJECTED', 'CANCELLED', 'ENTERED_IN_ERROR']);
const FINISHES: ReadonlySet<ReferralState> = new Set(['COMPLETED', 'FAILED']);

/** What every move says beside its own content. */
export interface MoveInput {
  readonly referralId: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** A referral as one side found it, at the instant of the move. */
export interface Moving {
  readonly referral: Referral;
  /** The side that makes the move. */
  readonly role: Role;
  /** Its basis stands: words about the person may go to the other side. */
  readonly stands: boolean;
  /** All sides that the caller serves. */
  readonly roles: readonly Role[];
  /** ISO instant. */
  readonly at: string;
  /** Seals a text in its place in this referral. */
  readonly seal: ReturnType<typeof sealFor>;
}

/** What a move changes beside state, clocks and history; or why it may not be made. */
export type Effect = (moving: Moving) => Promise<Partial<Referral> | Refusal> | Partial<Referral> | Refusal;

export interface MoveSpec {
  readonly move: Move;
  readonly effect: Effect;
  /** Why; kept as the reason of its end where the move ends the referral. */
  readonly reason?: string | null | undefined;
  /** Code of what was asked, where that is more than the move's own input. */
  readonly content?: string;
}

/**
 * Makes one move, whole or not at all, once for each key. Whoever is no party gets `NOT_FOUND`; who decided on an older
 * version gets `CONFLICT` with the present one, and nothing happened.
 */
export async function moveReferral(
  context: ReferralContext,
  input: MoveInput,
  { move, effect, reason, content }: MoveSpec,
): Promise<ReferralOutcome> {
  const found = await context.reads.store.load(referrals, input.referralId);
  const roles = found === null ? [] : await rolesIn(context, found.data);
  if (found === null || roles.length === 0) return no('NOT_FOUND', 'referralId');
  if (!isPlainText(input.idempotencyKey)) return no('INVALID', 'idempotencyKey');
  const asked = appliedOf(context, { ...input, idempotencyKey: `${move} ${input.idempotencyKey.trim()}` });
  const applied = content === undefined ? asked : { ...asked, digest: content };
  const before = madeBefore(found, applied);
  if (before !== null) return before;
  if (found.version !== input.expectedVersion) return { referral: found, ...refused('CONFLICT', 'expectedVersion') };
  const person = await context.reads.store.load(persons, found.data.personId);
  const stands = person !== null && (await basisStands(context.reads, found.data, person.data));
  const refusal = refusalOf(move, { state: found.data.state, roles, stands });
  const role = roleFor(move, roles);
  if (refusal !== null || role === undefined) return { referral: found, ...refused(refusal ?? 'NOT_YOUR_MOVE') };
  const why = reasonOf(move, role, reason);
  if ('code' in why) return { referral: found, refusal: why };
  const at = new Date(context.reads.now()).toISOString();
  const seal = sealFor(context.vault, { id: found.id, personId: found.data.personId });
  const changes = await effect({ referral: found.data, role, roles, stands, at, seal });
  if ('code' in changes) return { referral: found, refusal: changes };
  if (found.data.history.length >= MAX_MOVES && moved(move, found.data.state) === found.data.state)
    return { referral: found, ...refused('TOO_MANY') };
  const data: Referral = {
    ...(await afterMove(context, found, { move, role, at, reason: why.text, seal })),
    ...changes,
    applied: [...found.data.applied, { ...applied, version: found.version + 1 }],
  };
  return keep(context, { found, data, move, applied });
}

/** What came of the same key before; `null` = it is new. */
function madeBefore(referral: StoredReferral, { client, key, digest }: Applied): ReferralOutcome | null {
  const before = referral.data.applied.find((one) => one.client === client && one.key === key);
  if (before === undefined) return null;
  return before.digest === digest
    ? { referral, refusal: null }
    : { referral, ...refused('KEY_REUSED', 'idempotencyKey') };
}

const no = (code: Refusal['code'], ...path: string[]): ReferralOutcome => ({
  referral: null,
  ...refused(code, ...path),
});

function reasonOf(move: Move, role: Role, given: string | null | undefined): { text: string | null } | Refusal {
  const text = proseOf(given);
  if (text === undefined) return refused('INVALID', 'reason').refusal;
  const { reasonFrom = [] }: MoveRule = MOVES[move];
  return text === null && reasonFrom.includes(role) ? refused('REASON_MISSING', 'reason').refusal : { text };
}

function moved(move: Move, state: ReferralState): ReferralState {
  const { to }: MoveRule = MOVES[move];
  return to ?? state;
}

interface Made extends Pick<Moving, 'role' | 'at' | 'seal'> {
  readonly move: Move;
  readonly reason: string | null;
}

/** State, times, clocks and history: what follows from the move alone. */
async function afterMove(
  { calendar, request }: ReferralContext,
  { version, data }: StoredReferral,
  { move, role, at, reason, seal }: Made,
): Promise<Referral> {
  const state = moved(move, data.state);
  const { subject, organisation } = request.caller;
  const ends =
    TERMINAL.includes(state) && !TERMINAL.includes(data.state) && state !== 'REJECTED' && state !== 'COMPLETED';
  return {
    ...data,
    state,
    acceptedAt: move === 'ACCEPT' ? at : data.acceptedAt,
    finishedAt: FINISHES.has(state) ? (data.finishedAt ?? at) : data.finishedAt,
    endedAt: ENDS_AT_ONCE.has(state) ? (data.endedAt ?? at) : data.endedAt,
    ending: ends ? { role, reason: reason === null ? null : await seal('endingReason', reason) } : data.ending,
    clocks: clocksAfter(move, data, { at: Date.parse(at), calendar }),
    history: [...data.history, { move, at, version: version + 1, state, role, organisation, subject }],
  };
}

/** Stored with its audit record and its change in one step; who was slower is told what is there now. */
async function keep(
  context: ReferralContext,
  { found, data, move, applied }: { found: StoredReferral; data: Referral; move: Move; applied: Applied },
): Promise<ReferralOutcome> {
  const { reads, newId, by, changed } = context;
  const { personId, kind, state, requester, target } = data;
  const at = new Date(reads.now()).toISOString();
  const version = found.version + 1;
  const events = [
    changeEvent(newId(), { change: `REFERRAL_${move}`, personId, at, by }),
    referralChange(newId(), {
      referralId: found.id,
      kind,
      change: move,
      state,
      version,
      at,
      parties: [requester, target],
    }),
    ...intakeEvents(newId, data, found.data),
    ...(data.team === found.data.team ? [] : [{ id: newId(), type: TEAM_JOINED, data: null }]),
  ];
  try {
    await reads.store.save(referrals, { id: found.id, data, expectedVersion: found.version, events });
    changed();
    return { referral: { id: found.id, version, data }, refusal: null };
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    const present = await reads.store.load(referrals, found.id);
    // Who was faster may be the same request, sent twice at once.
    const made = present === null ? null : madeBefore(present, applied);
    return made ?? { referral: present, ...refused('CONFLICT', 'expectedVersion') };
  }
}
