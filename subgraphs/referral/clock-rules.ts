import type { ReferralClock } from './clocks/clock.ts';
import type { Move } from './machine.ts';
import type { Priority, ReferralKind } from './codes.ts';

/** What a step may take. Working days are counted by the calendar, hours around the clock. */
export interface Allowance {
  readonly unit: 'WORKING_DAYS' | 'HOURS';
  readonly count: number;
  /** Is the time in which the target waits for what it asked the requester given back to it? */
  readonly waits: boolean;
}

/**
 * By priority, the same for each step. Five working days and five more: 精神障碍社区康复服务资源共享与转介管理办法 (2023).
 * In a crisis a question gives no time: somebody must take the person first.
 */
export const ALLOWANCES: Readonly<Record<Priority, Allowance>> = {
  ROUTINE: { unit: 'WORKING_DAYS', count: 5, waits: true },
  URGENT: { unit: 'HOURS', count: 24, waits: true },
  CRISIS: { unit: 'HOURS', count: 2, waits: false },
};

/** Go at the pace of a crisis, whatever their priority says. */
export const CRISIS_KINDS: readonly ReferralKind[] = ['CRISIS', 'MANDATORY_REPORT'];

/** Moves after which nobody owes the next step any more. */
const ENDINGS: readonly Move[] = ['CANCEL', 'DECLINE', 'MARK_ENTERED_IN_ERROR'];

/** What moves a clock: a move of the machine, the creation before all of them, or the hub's own note. */
export type ClockMove = Move | 'CREATE' | 'BASIS_ENDED';

/** At what pace a clock goes: the referral's own by its priority, or one of the step. */
type Pace = 'BY_PRIORITY' | Allowance;

const workingDays = (count: number): Allowance => ({ unit: 'WORKING_DAYS', count, waits: false });

interface ClockRule {
  /** Whose it is to meet: whose supervisor hears of it, and in whose list it is overdue. */
  readonly side: 'REQUESTER' | 'TARGET';
  /** Of these kinds alone; left out = of all. */
  readonly kinds?: readonly ReferralKind[];
  readonly startedBy: Readonly<Partial<Record<ClockMove, Pace>>>;
  readonly stoppedBy: readonly ClockMove[];
  /** The clock goes on meanwhile, and escalates; the answer gives its time back (`Allowance.waits`). */
  readonly waits?: { readonly from: readonly ClockMove[]; readonly until: readonly ClockMove[] };
}

/**
 * Which moves start and stop each clock. What no document paces is a rule of this house, with its reason
 * (docs/decisions/clocks-and-working-days.md).
 */
export const CLOCK_RULES: Readonly<Record<ReferralClock['step'], ClockRule>> = {
  FIRST_ANSWER: {
    side: 'TARGET',
    startedBy: { CREATE: 'BY_PRIORITY' },
    stoppedBy: ['ACCEPT', 'REJECT', ...ENDINGS],
    waits: { from: ['REQUEST_INFORMATION'], until: ['PROVIDE_INFORMATION'] },
  },
  HAND_OVER: { side: 'TARGET', startedBy: { ACCEPT: 'BY_PRIORITY' }, stoppedBy: ['START', ...ENDINGS] },
  HOLD_REVIEW: { side: 'TARGET', startedBy: { HOLD: workingDays(20) }, stoppedBy: ['RESUME', ...ENDINGS] },
  // 未成年人保护法 art. 11: the result is told to who reported; the law names no time for it.
  FEEDBACK: {
    side: 'TARGET',
    kinds: ['MANDATORY_REPORT'],
    startedBy: { ACCEPT: workingDays(10) },
    stoppedBy: ['COMPLETE', 'FAIL', ...ENDINGS],
  },
  // Whoever was rejected or could not be served waits with nobody: the requester must know at the referral's own pace.
  ACKNOWLEDGEMENT: {
    side: 'REQUESTER',
    startedBy: { COMPLETE: workingDays(5), FAIL: 'BY_PRIORITY', REJECT: 'BY_PRIORITY' },
    stoppedBy: ['ACKNOWLEDGE'],
  },
  BASIS: {
    side: 'REQUESTER',
    startedBy: { BASIS_ENDED: 'BY_PRIORITY' },
    stoppedBy: ['NAME_BASIS', 'REJECT', 'COMPLETE', 'FAIL', ...ENDINGS],
  },
};

/** Who is told of an overdue clock: at its due instant, and after as many whole allowances more. */
export const ESCALATION_STEPS = [
  { step: 1, allowancesAfterDue: 0, to: 'SUPERVISOR' },
  { step: 2, allowancesAfterDue: 1, to: 'LEADING_GROUP_OFFICE' },
] as const;
export type EscalationStep = (typeof ESCALATION_STEPS)[number];
