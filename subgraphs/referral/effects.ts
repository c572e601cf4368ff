import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import type { EligibleService } from '../directory/next-eligible.ts';
import type { Effect, Moving } from './move-referral.ts';
import type { OUTCOMES, REJECTIONS } from './codes.ts';
import type { Referral, ReferralBasis } from './referral.ts';
import { refused } from './refusal.ts';
import { proseOf } from './texts.ts';

/** Messages and tasks of one referral, each. */
const MAX_ENTRIES = 500;

const invalid = (...path: string[]) => refused('INVALID', ...path).refusal;

export const nothingElse: Effect = () => ({});

interface Rejection {
  readonly code: (typeof REJECTIONS)[number];
  readonly reason: string | null | undefined;
  /** The target may not say that it is full. */
  readonly capacityIsNoGround: boolean;
  readonly next: () => Promise<readonly EligibleService[]>;
}

export function rejects({ code, reason, capacityIsNoGround, next }: Rejection): Effect {
  return async ({ seal }) => {
    const text = proseOf(reason);
    if (text === undefined) return invalid('reason');
    if (code === 'OTHER' && text === null) return refused('REASON_MISSING', 'reason').refusal;
    if (code === 'AT_CAPACITY' && capacityIsNoGround) return refused('CAPACITY_NO_GROUND', 'code').refusal;
    const nextServices = (await next()).map(({ service }) => service.id);
    return { rejection: { code, reason: text === null ? null : await seal('rejection', text), nextServices } };
  };
}

export function completes({
  outcome,
  advice,
}: {
  outcome: (typeof OUTCOMES)[number];
  advice?: string | null | undefined;
}): Effect {
  return async ({ stands, seal }) => {
    const text = proseOf(advice);
    if (text === undefined) return invalid('advice');
    // How it ended may be said without a basis; what was found out about the person may not.
    if (text !== null && !stands) return refused('BASIS_MISSING', 'advice').refusal;
    return { outcome: { code: outcome, advice: text === null ? null : await seal('advice', text) } };
  };
}

export function writes(kind: Referral['messages'][number]['kind'], given: string, id: string): Effect {
  return async ({ referral, role, at, seal }) => {
    const text = proseOf(given);
    if (text == null) return invalid('text');
    if (referral.messages.length >= MAX_ENTRIES) return refused('TOO_MANY').refusal;
    return { messages: [...referral.messages, { id, at, role, kind, text: await seal(`message:${id}`, text) }] };
  };
}

/** Why, of a move that ends nothing: it is said in the communication log. */
export function explains(reason: string | null | undefined, id: string): Effect {
  return proseOf(reason) == null ? nothingElse : writes('MESSAGE', reason ?? '', id);
}

/** The requester knows how it ended. */
export const acknowledges: Effect = ({ referral, at }: Moving) =>
  referral.loopClosedAt === null ? { loopClosedAt: at } : refused('ALREADY_CLOSED').refusal;

export function namesBasis(stands: boolean, basis: ReferralBasis | null): Effect {
  return () => {
    if (stands) return refused('BASIS_STANDS').refusal;
    return basis === null ? refused('BASIS_MISSING', 'consentId').refusal : { basis, basisEndedAt: null };
  };
}

interface Appointment {
  readonly start: string;
  readonly end: string | null;
  readonly locationId: string | null;
  /** The directory has the place, and it is in use. */
  readonly isThere: boolean;
}

/** By how much a clock at the counter may be behind. */
const TOLERANCE_MS = 5 * 60_000;

export function schedules({ start, end, locationId, isThere }: Appointment): Effect {
  return ({ at }) => {
    if (Date.parse(start) < Date.parse(at) - TOLERANCE_MS) return invalid('start');
    if (!isThere) return invalid('locationId');
    const times = { start: new Date(start).toISOString(), end: end === null ? null : new Date(end).toISOString() };
    if (times.end !== null && times.end < times.start) return invalid('end');
    return { appointment: { ...times, locationId } };
  };
}

interface FollowUp {
  readonly id: string;
  readonly role: 'REQUESTER' | 'TARGET';
  readonly dueOn: string;
  readonly text: string;
}

export function addsFollowUp({ id, role, dueOn, text: given }: FollowUp): Effect {
  return async ({ referral, at, seal }) => {
    const text = proseOf(given);
    if (text == null) return invalid('text');
    if (dueOn < shanghaiDay(Date.parse(at))) return invalid('dueOn');
    if (referral.followUps.length >= MAX_ENTRIES) return refused('TOO_MANY').refusal;
    const task = { id, role, dueOn, text: await seal(`follow-up:${id}`, text), completedAt: null };
    return { followUps: [...referral.followUps, task] };
  };
}

/** By the side whose task it is. */
export function completesFollowUp(id: string): Effect {
  return ({ referral: { followUps }, roles, at }) => {
    const task = followUps.find((one) => one.id === id);
    if (task === undefined) return refused('NOT_FOUND', 'followUpId').refusal;
    if (!roles.includes(task.role)) return refused('NOT_YOUR_MOVE', 'followUpId').refusal;
    return {
      followUps: followUps.map((one) => (one.id === id ? { ...one, completedAt: one.completedAt ?? at } : one)),
    };
  };
}
