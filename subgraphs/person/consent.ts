import { z } from 'zod';
import { PURPOSES } from '../shared/caller.ts';
import { instantInForce } from './in-force.ts';

const recipientSchema = z
  .object({
    /** Value of the enum `Department`; `null` where an organisation without a department's data is meant. */
    department: z.string().nullable(),
    /** Narrows to one organisation of the directory; `null` = the department's unit of that division. */
    organisation: z.string().nullable(),
    /** Narrows to the members of one care team, of whatever organisation where none is named. */
    team: z.string().nullable().default(null),
    division: z.string(),
  })
  .readonly()
  .refine(
    ({ department, organisation, team }) => department !== null || organisation !== null || team !== null,
    'a recipient has a name',
  );
export type Recipient = z.infer<typeof recipientSchema>;

/** What a person or guardian agreed to. Its life (giving, withdrawing) comes with its own issue; here it is a fact. */
export const consentSchema = z
  .object({
    id: z.string(),
    givenBy: z.enum(['SELF', 'GUARDIAN']),
    /** Of the guardian to the person, e.g. `MOTHER`; `null` for the person's own. */
    relation: z.string().nullable(),
    /** Each consented to by name (PIPL art. 23). */
    recipients: z.array(recipientSchema).min(1).readonly(),
    /** Full names, like `health:visits`. */
    categories: z.array(z.string()).readonly(),
    /** Another purpose needs another consent (PIPL art. 14). */
    purposes: z.array(z.enum(PURPOSES)).readonly(),
    /** ISO instants; `from` counts, `to` and `withdrawnAt` do not. */
    from: z.string(),
    to: z.string().nullable(),
    withdrawnAt: z.string().nullable(),
    coversWayBack: z.boolean(),
    evidence: z.string(),
    /** Of the text that was shown, BCP 47. */
    language: z.string(),
  })
  .readonly();
export type Consent = z.infer<typeof consentSchema>;

/** Neither over nor withdrawn. A withdrawal counts from the instant it is recorded, whatever time it bears. */
export function consentInForce(consent: Consent, now: number): boolean {
  return consent.withdrawnAt === null && instantInForce(consent, now);
}
