import { z } from 'zod';

/** Why somebody is in the team. The membership ends with it. */
const groundSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('CONSENT'), consentId: z.string() }).readonly(),
  /** The duty and the article that names it, e.g. `精神卫生法 art. 55`. */
  z.object({ kind: z.literal('STATUTORY_DUTY'), duty: z.string().min(1) }).readonly(),
]);

/** A member of the care team: a named worker, or (`worker: null`) a team of an organisation. */
export const careTeamMemberSchema = z
  .object({
    /** The worker's `sub`. A team as such sees nothing: only its named workers do. */
    worker: z.string().nullable(),
    organisation: z.string(),
    division: z.string(),
    role: z.string(),
    /** Full names, like `health:visits`. */
    categories: z.array(z.string()).readonly(),
    /** ISO dates, both ends count. */
    from: z.string(),
    to: z.string().nullable(),
    lead: z.boolean(),
    ground: groundSchema,
  })
  .readonly();
export type CareTeamMember = z.infer<typeof careTeamMemberSchema>;
