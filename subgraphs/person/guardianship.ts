import { z } from 'zod';
import { dayInForce } from './in-force.ts';

const GUARDIANSHIP_KINDS = ['PARENT', 'RELATIVE', 'APPOINTED', 'INSTITUTION'] as const;

/** Of a minor, or of an adult without full capacity. `from` and `to` are ISO dates, both ends count. */
export const guardianshipSchema = z
  .object({
    guardianId: z.string(),
    kind: z.enum(GUARDIANSHIP_KINDS),
    evidence: z.string(),
    from: z.string(),
    to: z.string().nullable(),
    /** The guardian is the suspect of a report: neither consents, withdraws nor sees, until a human releases it. */
    suspended: z.boolean(),
  })
  .readonly();
export type Guardianship = z.infer<typeof guardianshipSchema>;

/** Those from which rights follow now. */
export function guardianshipsInForce(guardianships: readonly Guardianship[], now: number): readonly Guardianship[] {
  return guardianships.filter((one) => !one.suspended && dayInForce(one, now));
}
