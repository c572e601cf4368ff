import type { DueInstant, WorkingDays } from '../../../adapters/calendar/port.ts';
import {
  type Allowance,
  ALLOWANCES,
  CLOCK_RULES,
  type ClockMove,
  CRISIS_KINDS,
  ESCALATION_STEPS,
} from '../clock-rules.ts';
import type { Referral } from '../referral.ts';
import { CLOCK_STEPS, type ReferralClock } from './clock.ts';

type Clocked = Pick<Referral, 'kind' | 'priority' | 'clocks'>;
interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly calendar: WorkingDays;
}

const HOUR_MS = 3_600_000;

/** The clocks of a referral after a move at this instant: those that ran and are stopped, and those that it starts. */
export function clocksAfter(move: ClockMove, referral: Clocked, { at, calendar }: Moment): readonly ReferralClock[] {
  const allowance = ALLOWANCES[CRISIS_KINDS.includes(referral.kind) ? 'CRISIS' : referral.priority];
  const moved = referral.clocks.map((clock) =>
    clock.stoppedAt === null ? movedClock(clock, { move, allowance, at, calendar }) : clock,
  );
  const started = CLOCK_STEPS.flatMap((step) => {
    const { kinds, startedBy } = CLOCK_RULES[step];
    const pace = kinds?.includes(referral.kind) === false ? undefined : startedBy[move];
    if (pace === undefined || moved.some((clock) => clock.step === step && clock.stoppedAt === null)) return [];
    return [newClock(step, { allowance: pace === 'BY_PRIORITY' ? allowance : pace, at, calendar })];
  });
  return [...moved, ...started];
}

function newClock(step: ReferralClock['step'], { allowance, at, calendar }: Omit<Moving, 'move'>): ReferralClock {
  return {
    step,
    startedAt: iso(at),
    ...dueTimes(plus(allowance, { at, calendar }), { allowance, calendar }),
    waitingSince: null,
    waited: false,
    stoppedAt: null,
    escalations: [],
  };
}

interface Moving extends Moment {
  readonly move: ClockMove;
  readonly allowance: Allowance;
}

function movedClock(clock: ReferralClock, { move, allowance, at, calendar }: Moving): ReferralClock {
  const { stoppedBy, waits } = CLOCK_RULES[clock.step];
  if (stoppedBy.includes(move)) return { ...clock, stoppedAt: iso(at) };
  if (waits?.from.includes(move) === true) {
    // Who asks when it is too late, or asks again, gets nothing back.
    const may = allowance.waits && !clock.waited && clock.waitingSince === null && at < Date.parse(clock.dueAt);
    return may ? { ...clock, waitingSince: iso(at) } : clock;
  }
  if (waits?.until.includes(move) !== true || clock.waitingSince === null) return clock;
  const due = dueAfterWaiting(clock, { since: Date.parse(clock.waitingSince), allowance, at, calendar });
  return { ...clock, ...dueTimes(due, { allowance, calendar }), waitingSince: null, waited: true };
}

/** What was left when the target asked is left when it is answered: of working days at least one. Never earlier than it was. */
function dueAfterWaiting(
  { dueAt, provisional }: ReferralClock,
  { since, allowance, at, calendar }: Omit<Moving, 'move'> & { since: number },
): DueInstant {
  const due = Date.parse(dueAt);
  const left =
    allowance.unit === 'HOURS' ? (due - since) / HOUR_MS : Math.max(1, calendar.workingDaysBetween(since, due - 1));
  const later = plus({ ...allowance, count: left }, { at, calendar });
  return later.at > due ? later : { at: due, provisional };
}

/** When it is due, and when each step of escalation comes after that. */
function dueTimes(
  { at: due, provisional }: DueInstant,
  { allowance, calendar }: Pick<Moving, 'allowance' | 'calendar'>,
): Pick<ReferralClock, 'dueAt' | 'provisional' | 'escalateAt'> {
  // The 24:00 of a due day is the next day's 0:00: it is the due day that is not counted.
  const from = allowance.unit === 'HOURS' ? due : due - 1;
  const escalateAt = ESCALATION_STEPS.map(({ allowancesAfterDue: times }) =>
    times === 0 ? due : plus({ ...allowance, count: allowance.count * times }, { at: from, calendar }).at,
  );
  return { dueAt: iso(due), provisional, escalateAt: escalateAt.map(iso) };
}

function plus({ unit, count }: Allowance, { at, calendar }: Moment): DueInstant {
  switch (unit) {
    case 'WORKING_DAYS':
      return calendar.addWorkingDays(at, count);
    case 'HOURS':
      return { at: at + Math.round(count * HOUR_MS), provisional: false };
  }
}

const iso = (at: number): string => new Date(at).toISOString();
