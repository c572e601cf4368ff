import { isWithin } from '../../adapters/shared/division.ts';
import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import { type Consent, consentInForce, type Recipient } from '../person/consent/consent.ts';
import { openEmergency } from '../person/emergency/begin-emergency.ts';
import { isMinor } from '../person/guardianship/age.ts';
import { standingGuardianships } from '../person/guardianship/guardianship.ts';
import type { Person, StoredPerson } from '../person/person.ts';
import { basisUntil } from './basis-until.ts';
import { KIND_RULES } from './kind-rules.ts';
import type { Party } from './party.ts';
import type { ReferralKind } from './codes.ts';
import type { Referral, ReferralBasis } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';

/** What a referral is to stand on. */
export interface BasisWanted {
  readonly kind: ReferralKind;
  readonly target: Party;
  readonly categories: readonly string[];
  /** `null` = the hub looks for one. */
  readonly consentId: string | null;
  /** Of a relapse: the consent under the referral that it reverses, which may cover the way back. */
  readonly wayBackOf: string | null;
}

/**
 * The basis of a new referral, or of one that lost its own: a consent that covers target and categories, a duty to
 * report, or an emergency access of this user (domain, section 5). `null` = there is none.
 */
export async function basisFor(
  { reads, request }: ReferralContext,
  person: StoredPerson,
  wanted: BasisWanted,
): Promise<ReferralBasis | null> {
  const { bases } = KIND_RULES[wanted.kind];
  const now = reads.now();
  if (bases.includes('MANDATORY_REPORT'))
    return mustBeReported(person.data, now) ? { kind: 'MANDATORY_REPORT', until: null } : null;
  const consent = person.data.consents.find((one) => covers(one, wanted, now));
  if (bases.includes('CONSENT') && consent !== undefined)
    return { kind: 'CONSENT', consentId: consent.id, until: consent.to };
  if (!bases.includes('EMERGENCY') || wanted.consentId !== null) return null;
  const { subject } = request.caller;
  const open = await openEmergency(reads.store, reads.emergencySpool, { personId: person.id, subject, now });
  return open === null ? null : { kind: 'EMERGENCY', emergencyId: open.id, until: open.data.to };
}

/** Does a consent that stands cover a referral to this party? */
export function consentCovers(
  { consents }: Pick<Person, 'consents'>,
  { target, categories }: Pick<BasisWanted, 'target' | 'categories'>,
  now: number,
): boolean {
  const wanted = { kind: 'SERVICE', target, categories, consentId: null, wayBackOf: null } as const;
  return consents.some((one) => covers(one, wanted, now));
}

/** Names the target, the categories and the purpose REFERRAL (PIPL art. 14, 23); for a relapse, the way back too. */
function covers(consent: Consent, { target, categories, consentId, wayBackOf }: BasisWanted, now: number): boolean {
  if (!consentInForce(consent, now) || !consent.purposes.includes('REFERRAL')) return false;
  if (consentId !== null && consent.id !== consentId) return false;
  if (!categories.every((name) => consent.categories.includes(name))) return false;
  return (
    consent.recipients.some((one) => namesParty(one, target)) || (consent.id === wayBackOf && consent.coversWayBack)
  );
}

function namesParty({ department, organisation, team, division }: Recipient, party: Party): boolean {
  return (
    team === null &&
    (department === null || department === party.department) &&
    (organisation === null || organisation === party.organisation) &&
    isWithin(party.division, division)
  );
}

/** Harm to a minor (未成年人保护法 art. 11); violence against an adult without full capacity (反家庭暴力法 art. 14). */
function mustBeReported(person: Person, now: number): boolean {
  return (
    isMinor(person.birthDate, shanghaiDay(now)) ||
    standingGuardianships(person, now).some(({ ward }) => ward === 'ADULT')
  );
}

/** Does what this referral shares still stand on something? */
export async function basisStands(
  { store, now: clock }: Pick<ReferralContext['reads'], 'store' | 'now'>,
  { basis, basisEndedAt }: Pick<Referral, 'basis' | 'basisEndedAt'>,
  person: Pick<Person, 'consents'>,
): Promise<boolean> {
  if (basisEndedAt !== null) return false;
  const until = await basisUntil(store, basis);
  const now = clock();
  if (until !== null && now >= Date.parse(until)) return false;
  if (basis.kind !== 'CONSENT') return true;
  return person.consents.some((one) => one.id === basis.consentId && consentInForce(one, now));
}
