import { z } from 'zod';
import { PURPOSES } from '../../shared/caller.ts';
import { instantInForce } from '../in-force.ts';

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

/** That one of those who must agree did so: the person, or a guardian. */
const agreementSchema = z
  .object({
    by: z.enum(['SELF', 'GUARDIAN']),
    /** Hub id of the guardian; `null` for the person's own, and where a paper names a guardian whom the hub does not know. */
    guardianId: z.string().nullable(),
    /** Of the guardian to the person, e.g. `MOTHER`; `null` for the person's own. */
    relation: z.string().nullable(),
    /** ISO instant. */
    at: z.string(),
    /** Reference of the signed paper or of the act in a system. */
    evidence: z.string(),
    /** Of the text that was shown, BCP 47. */
    language: z.string(),
    /** Subject and client of the token under which it was recorded. */
    recordedBy: z
      .object({
        subject: z.string(),
        client: z.string(),
        /** Of the department that recorded a paper; `null` for one's own token: a client like the console serves many. */
        department: z.string().nullable().optional(),
      })
      .readonly(),
  })
  .readonly();
export type Agreement = z.infer<typeof agreementSchema>;

/** What a person, or who stands in, agreed to. Only agreements and the withdrawal are ever added to it. */
export const consentSchema = z
  .object({
    id: z.string(),
    /** At least one; who must agree is the table's matter (consent-rules.ts). */
    agreements: z.array(agreementSchema).min(1).readonly(),
    /** ISO instant at which all had agreed who must; `null` = it waits, and opens nothing. */
    completeAt: z.string().nullable(),
    /** Each consented to by name (PIPL art. 23). */
    recipients: z.array(recipientSchema).min(1).readonly(),
    /** Full names, like `health:visits`. */
    categories: z.array(z.string()).readonly(),
    /** Another purpose needs another consent (PIPL art. 14). */
    purposes: z.array(z.enum(PURPOSES)).readonly(),
    /** ISO instants; `from` counts, `to` does not. */
    from: z.string(),
    to: z.string().nullable(),
    withdrawnAt: z.string().nullable(),
    withdrawnBy: z.enum(['SELF', 'GUARDIAN']).nullable().default(null),
    /** Also a relapse: the way back to the one who referred (domain, section 5). */
    coversWayBack: z.boolean(),
    /** Of the client that recorded it first: the same key with the same content is the same consent. */
    recorded: z
      .object({ client: z.string(), idempotencyKey: z.string(), inputDigest: z.string() })
      .readonly()
      .nullable()
      .default(null),
  })
  .readonly();
export type Consent = z.infer<typeof consentSchema>;

/** Complete, and neither over nor withdrawn. A withdrawal counts from the instant it is recorded, whatever time it bears. */
export function consentInForce(consent: Consent, now: number): boolean {
  return consent.completeAt !== null && consent.withdrawnAt === null && instantInForce(consent, now);
}
