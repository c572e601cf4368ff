import type { Asking } from './reference/asking.ts';
import { PURPOSES_OF_REFERRALS } from './reference/purposes.ts';
import type { Party, PersonFacts, Recipient, ReferralFacts, World } from './world/facts.ts';
import { DISTRICT, PARTIES, systemOf, workersOf } from './world/pools.ts';

/** What of a caller one fact about the person asks for. */
export type Fitting = Partial<Asking>;

/** Staff to whom a fact about a person may mean something, by the kind of fact, so that random callers do not miss it. */
export function fittingStaff(person: PersonFacts, world: World): readonly (readonly Fitting[])[] {
  const about = world.referrals.filter(({ personId }) => personId === person.id);
  const emergencies = world.emergencies.filter(({ personId }) => personId === person.id);
  const kinds = [
    person.links.flatMap(({ department, division }) =>
      within(division, at(partiesOf({ department, organisation: null }))),
    ),
    person.consents.flatMap(({ recipients, purposes }) =>
      recipients.flatMap((one) => withPurposes(within(one.division, at(partiesOf(one))), purposes)),
    ),
    person.team.flatMap(({ worker, organisation, division }) =>
      within(division, at(partiesOf({ department: null, organisation }))).map((one) => ({
        ...one,
        subject: worker ?? organisation,
      })),
    ),
    about.flatMap((one) => withPurposes(at([one.target]), purposesOf(one))),
    about.flatMap((one) => withPurposes(at([one.target]), purposesOf(one))),
    about.flatMap((one) => withPurposes(at([one.requester]), purposesOf(one))),
    emergencies.flatMap(({ subject }) =>
      at(PARTIES.filter((one) => [...workersOf(one), systemOf(one)].includes(subject))).map((one) => ({
        ...one,
        subject,
        purpose: 'CRISIS_RESPONSE',
      })),
    ),
  ];
  return kinds.filter((one) => one.length > 0);
}

const at = (parties: readonly Party[]): readonly Fitting[] => parties.map((one) => ({ ...one, personId: null }));

/** Where the fact is, or above it. */
const within = (division: string, staff: readonly Fitting[]): readonly Fitting[] =>
  staff.flatMap((one) => [
    { ...one, division },
    { ...one, division: DISTRICT },
  ]);

const partiesOf = ({ department, organisation }: Pick<Recipient, 'department' | 'organisation'>): readonly Party[] =>
  PARTIES.filter(
    (one) =>
      (department === null || one.department === department) &&
      (organisation === null || one.organisation === organisation),
  );

const purposesOf = ({ kind }: ReferralFacts): readonly string[] => PURPOSES_OF_REFERRALS[kind] ?? [];

const withPurposes = (staff: readonly Fitting[], purposes: readonly string[]): readonly Fitting[] =>
  staff.flatMap((one) => purposes.map((purpose) => ({ ...one, purpose })));

/** By their own token, which has neither institution nor place. */
export const themselves = (personId: string): Fitting => ({
  personId,
  department: null,
  organisation: null,
  division: null,
  roles: ['person'],
  subject: 'somebody-themselves',
  purposes: ['SELF_ACCESS', 'CARE'],
  purpose: 'SELF_ACCESS',
});
