import { z } from 'zod';
import { type Consent, consentInForce } from './consent/consent.ts';
import { dayInForce } from './in-force.ts';

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
    /** The team by the name under which a consent may name it; `null` = it has none. */
    team: z.string().nullable().default(null),
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

/** The team of a person, with the consents that memberships stand on. */
export interface CareTeam {
  readonly careTeam: readonly CareTeamMember[];
  readonly consents: readonly Consent[];
}

/** Those whose time it is and whose ground stands. */
export function membersInForce(team: CareTeam, now: number): readonly CareTeamMember[] {
  return team.careTeam.filter((member) => {
    const ground = groundOf(member, team);
    const stands = ground === 'STATUTORY_DUTY' || (ground !== null && consentInForce(ground, now));
    return stands && dayInForce(member, now);
  });
}

/** What a membership stands on; `null` = a consent that is not there. */
export function groundOf(
  { ground }: CareTeamMember,
  { consents }: Pick<CareTeam, 'consents'>,
): 'STATUTORY_DUTY' | Consent | null {
  return ground.kind === 'STATUTORY_DUTY' ? ground.kind : (consents.find(({ id }) => id === ground.consentId) ?? null);
}
