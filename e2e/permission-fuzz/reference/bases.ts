import type { MemberFacts, PersonFacts, World } from '../world/facts.ts';
import type { Asking, Basis } from './asking.ts';
import { categoriesOf, CATEGORIES, DEPARTMENTS } from './departments.ts';
import { actingGuardians, consentStands, isDayBetween, referralShares, reportOpens } from './in-force.ts';
import { isInJurisdiction } from './jurisdiction.ts';
import { isNamed, isSide } from './recipients.ts';

/** Not of a department: that the person is there, and who it is. */
const WHO_IT_IS = 'hub:identity';

/** One reason to see these categories, and what it stands on; one that opens none is no reason. */
export interface Reason {
  readonly basis: Basis;
  readonly ground: string | null;
  readonly categories: readonly string[];
}

type Rule = (asking: Asking, person: PersonFacts, world: World) => readonly Omit<Reason, 'basis'>[];

/** Domain, section 4, the table of `AccessBasis`, one row each: every reason there is now. */
export const RULES: Readonly<Record<Basis, Rule>> = {
  OWN_RECORD: (asking, { links }) => {
    const keeps = links.some(
      ({ department, division, undone }) =>
        !undone && department === asking.department && isInJurisdiction(division, asking),
    );
    const own = DEPARTMENTS.filter(({ code }) => code === asking.department).flatMap(categoriesOf);
    return keeps ? [{ ground: null, categories: own }] : [];
  },
  CONSENT: (asking, { consents }, { now }) =>
    consents
      .filter(
        (one) => consentStands(one, now) && one.purposes.includes(asking.purpose) && isNamed(asking, one.recipients),
      )
      .map(({ id, categories }) => ({ ground: `consent:${id}`, categories: forPurpose(asking, categories) })),
  REFERRAL: (asking, person, { referrals, now }) =>
    referrals
      .filter((one) => one.personId === person.id && referralShares(one, person, now) && isSide(asking, one.target))
      .map(({ id, categories }) => ({ ground: `referral:${id}`, categories })),
  CARE_TEAM: (asking, person, world) =>
    person.team
      .filter(
        (one) =>
          one.worker === asking.subject &&
          one.organisation === asking.organisation &&
          isDayBetween(one, world.now) &&
          isInJurisdiction(one.division, asking),
      )
      .flatMap((member) => membership(member, { asking, person, world })),
  MANDATORY_REPORT: (asking, person, { referrals, now }) =>
    referrals
      .filter((one) => one.personId === person.id && reportOpens(one, now) && isSide(asking, one.target))
      .map(({ id, categories }) => ({ ground: `report:${id}`, categories })),
  EMERGENCY: (asking, { id: personId }, { emergencies, now }) =>
    emergencies
      .filter(
        (one) =>
          one.personId === personId &&
          one.subject === asking.subject &&
          Date.parse(one.from) <= now &&
          now < Date.parse(one.to) &&
          asking.scopes.includes('emergency:access'),
      )
      .map(({ id }) => ({ ground: `emergency:${id}`, categories: CATEGORIES })),
  SELF: ({ personId }, person, world) => {
    if (personId === person.id) return [{ ground: null, categories: CATEGORIES }];
    const guards = actingGuardians(person, world).some(({ guardianId }) => guardianId === personId);
    return guards ? [{ ground: `guardian:${personId}`, categories: CATEGORIES }] : [];
  },
};

/** To be referred is what such a consent agrees to: what is shared, and from when, the referral says (section 5). */
const forPurpose = ({ purpose }: Asking, categories: readonly string[]): readonly string[] =>
  purpose === 'REFERRAL' ? [WHO_IT_IS] : categories;

/** "Membership and categories come only from a live consent, an accepted referral or a statutory duty" (section 3). */
function membership(
  { ground, categories, team }: MemberFacts,
  { asking, person, world }: { asking: Asking; person: PersonFacts; world: World },
): readonly Omit<Reason, 'basis'>[] {
  const both = (others: readonly string[]) => categories.filter((one) => others.includes(one));
  switch (ground.kind) {
    case 'STATUTORY_DUTY':
      return [{ ground: `duty:${ground.duty}`, categories }];
    case 'REFERRAL': {
      const referral = world.referrals.find(({ id }) => id === ground.referralId);
      if (referral === undefined || !referralShares(referral, person, world.now)) return [];
      return [{ ground: `referral:${referral.id}`, categories: both(referral.categories) }];
    }
    case 'CONSENT': {
      const consent = person.consents.find(({ id }) => id === ground.consentId);
      if (consent === undefined || !consentStands(consent, world.now)) return [];
      if (!consent.purposes.includes(asking.purpose) || !isNamed(asking, consent.recipients, team)) return [];
      return [{ ground: `consent:${consent.id}`, categories: forPurpose(asking, both(consent.categories)) }];
    }
  }
}
