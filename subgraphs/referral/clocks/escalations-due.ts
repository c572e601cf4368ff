import { ESCALATION_STEPS, type EscalationStep } from '../clock-rules.ts';
import { nextEscalationAt, type ReferralClock } from './clock.ts';

/**
 * The steps of escalation that this instant (ms) asks for and that did not come yet. After a long standstill both: each
 * goes to somebody else, who would else never hear of it; and each comes once, however long it stood.
 */
export function escalationsDue(clock: ReferralClock, now: number): readonly EscalationStep[] {
  if (nextEscalationAt(clock) === null) return [];
  return ESCALATION_STEPS.slice(clock.escalations.length).filter((_, i) => {
    const at = clock.escalateAt[clock.escalations.length + i];
    return at !== undefined && Date.parse(at) <= now;
  });
}

/** The clock after these steps were taken. */
export function escalated(clock: ReferralClock, steps: readonly EscalationStep[], now: number): ReferralClock {
  const at = new Date(now).toISOString();
  return { ...clock, escalations: [...clock.escalations, ...steps.map(({ step }) => ({ step, at }))] };
}
