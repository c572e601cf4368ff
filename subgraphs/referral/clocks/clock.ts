import { z } from 'zod';

const instant = z.string();

export const CLOCK_STEPS = [
  'FIRST_ANSWER',
  'HAND_OVER',
  'HOLD_REVIEW',
  'FEEDBACK',
  'ACKNOWLEDGEMENT',
  'BASIS',
] as const;

/** How long one step of a referral may take, and whom it was told that it took longer. */
export const clockSchema = z
  .object({
    step: z.enum(CLOCK_STEPS),
    startedAt: instant,
    dueAt: instant,
    /** The calendar had no entry for a year that `dueAt` lies in or was counted through. */
    provisional: z.boolean(),
    /** Since when the target waits for what it asked the requester, in time of its own. */
    waitingSince: instant.nullable(),
    /** Has been given back the time of a question. It is, once. */
    waited: z.boolean(),
    /** `null` while it runs. */
    stoppedAt: instant.nullable(),
    /** When each step of escalation comes, the first one when it is due. */
    escalateAt: z.array(instant).readonly(),
    /** Those that came: 1 = the supervisor of the side whose clock it is, 2 = the leading group's office. */
    escalations: z.array(z.object({ step: z.number().int(), at: instant }).readonly()).readonly(),
  })
  .readonly();
export type ReferralClock = z.infer<typeof clockSchema>;

/** When the next step of escalation comes; `null` = none is left, or the clock stands. */
export function nextEscalationAt({ stoppedAt, escalateAt, escalations }: ReferralClock): string | null {
  return stoppedAt === null ? (escalateAt[escalations.length] ?? null) : null;
}
