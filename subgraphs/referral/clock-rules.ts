import type { ReferralClock } from './clocks/clock.ts';
import type { Move } from './machine.ts';
import type { Priority, ReferralKind } from './referral.ts';

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

/** What moves a clock: a move of the machine, or the creation before all of them. */
export type ClockMove = Move | 'CREATE';

interface ClockRule {
  readonly startedBy: readonly ClockMove[];
  readonly stoppedBy: readonly ClockMove[];
  /** The clock goes on meanwhile, and escalates; the answer gives its time back (`Allowance.waits`). */
  readonly waits: { readonly from: readonly ClockMove[]; readonly until: readonly ClockMove[] };
}

/** Which moves start and stop each clock. Both are the target's to meet. */
export const CLOCK_RULES: Readonly<Record<ReferralClock['step'], ClockRule>> = {
  FIRST_ANSWER: {
    startedBy: ['CREATE'],
    stoppedBy: ['ACCEPT', 'REJECT', ...ENDINGS],
    waits: { from: ['REQUEST_INFORMATION'], until: ['PROVIDE_INFORMATION'] },
  },
  HAND_OVER: { startedBy: ['ACCEPT'], stoppedBy: ['START', ...ENDINGS], waits: { from: [], until: [] } },
};

/** Who is told of an overdue clock: at its due instant, and after as many whole allowances more. */
export const ESCALATION_STEPS = [
  { step: 1, allowancesAfterDue: 0, to: 'TARGET_SUPERVISOR' },
  { step: 2, allowancesAfterDue: 1, to: 'LEADING_GROUP_OFFICE' },
] as const;
export type EscalationStep = (typeof ESCALATION_STEPS)[number];
