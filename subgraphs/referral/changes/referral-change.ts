import { z } from 'zod';
import type { StoreEvent } from '../../../adapters/store/port.ts';
import { partySchema } from '../party.ts';
import { KINDS, STATES } from '../codes.ts';

/** Events of this type wait in the outbox for the relay into the feeds. */
export const REFERRAL_CHANGE = 'REFERRAL_CHANGE';

/** What happened to a referral, and whom it is told: ids, state and version, nothing about the person. */
export const referralChangeSchema = z
  .strictObject({
    referralId: z.string().min(1),
    /** `null` in a notice: it names the referral, and nothing that tells of the person (domain, section 5). */
    kind: z.enum(KINDS).nullable(),
    /** Name of the move in capitals, or what came by itself: `OVERDUE`, `BASIS_ENDED`. */
    change: z.string().regex(/^[A-Z]+(_[A-Z]+)*$/),
    /** Of `OVERDUE`: the step of escalation. */
    step: z.number().int().positive().nullable(),
    state: z.enum(STATES),
    /** Of the referral, after this change. */
    version: z.number().int().positive(),
    at: z.iso.datetime(),
    /** Whose feeds it goes into: both sides of the referral, or the addressee of a notice. */
    parties: z.array(partySchema).min(1).readonly(),
  })
  .readonly();
export type ReferralChange = z.infer<typeof referralChangeSchema>;

/**
 * The event by which a save of a referral tells the feeds of it. `eventId` is new for each change. Throws for what the
 * feeds could not take: it must not get into the outbox, where it would hold up all that follow.
 */
export function referralChange(
  eventId: string,
  { step = null, ...change }: Omit<ReferralChange, 'step'> & { readonly step?: number | null },
): StoreEvent {
  const { parties, ...data } = referralChangeSchema.parse({ ...change, step });
  return { id: eventId, type: REFERRAL_CHANGE, data: { ...data, parties: parties.map((party) => ({ ...party })) } };
}
