import { z } from 'zod';
import { type Consent, consentInForce } from './consent/consent.ts';
import { isShared, type SharedReferral } from './access/shared-facts.ts';
import { dayInForce } from './in-force.ts';

/** Why somebody is in the team. The membership ends with it. */
const groundSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('CONSENT'), consentId: z.string() }).readonly(),
  z.object({ kind: z.literal('REFERRAL'), referralId: z.string() }).readonly(),
  /** The duty and the article that names it, e.g. `精神卫生法 art. 55`. */
  z.object({ kind: z.literal('STATUTORY_DUTY'), duty: z.string().min(1) }).readonly(),
]);

/** A ground that is there; whether it stands now is another question. */
type Ground =
  | { readonly kind: 'STATUTORY_DUTY'; readonly duty: string }
  | { readonly kind: 'CONSENT'; readonly consent: Consent }
  | { readonly kind: 'REFERRAL'; readonly referral: SharedReferral };

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

/** The team of a person, with the consents and referrals that memberships stand on. */
export interface CareTeam {
  readonly careTeam: readonly CareTeamMember[];
  readonly consents: readonly Consent[];
  readonly referrals: readonly SharedReferral[];
}

/** Those whose time it is and whose ground stands. */
export function membersInForce(team: CareTeam, now: number): readonly CareTeamMember[] {
  return team.careTeam.filter((member) => dayInForce(member, now) && stands(groundOf(member, team), team, now));
}

/** What a membership stands on; `null` = a consent or referral that is not there. */
export function groundOf(
  { ground }: CareTeamMember,
  { consents, referrals }: Omit<CareTeam, 'careTeam'>,
): Ground | null {
  switch (ground.kind) {
    case 'STATUTORY_DUTY':
      return { kind: 'STATUTORY_DUTY', duty: ground.duty };
    case 'CONSENT': {
      const consent = consents.find(({ id }) => id === ground.consentId);
      return consent === undefined ? null : { kind: 'CONSENT', consent };
    }
    case 'REFERRAL': {
      const referral = referrals.find(({ id }) => id === ground.referralId);
      return referral === undefined ? null : { kind: 'REFERRAL', referral };
    }
  }
}

function stands(ground: Ground | null, { consents }: Pick<CareTeam, 'consents'>, now: number): boolean {
  if (ground === null) return false;
  switch (ground.kind) {
    case 'STATUTORY_DUTY':
      return true;
    case 'CONSENT':
      return consentInForce(ground.consent, now);
    case 'REFERRAL':
      return isShared(ground.referral, { consents, now });
  }
}
