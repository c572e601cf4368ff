import type { Asking } from './reference/asking.ts';
import { PURPOSES_OF_REFERRALS } from './reference/purposes.ts';
import type { Party, PersonFacts, Recipient, World } from './world/facts.ts';
import { PARTIES, systemOf, workersOf } from './world/pools.ts';

/** What of a caller one fact about the person asks for. */
export type Fitting = Partial<Asking>;

/** Callers to whom each fact about a person may mean something, so that random ones do not miss it: a part of each. */
export function fittingCallers(person: PersonFacts, world: World): readonly Fitting[] {
  const about = world.referrals.filter(({ personId }) => personId === person.id);
  return [
    ...person.links.flatMap(({ department, division }) =>
      at(PARTIES.filter(isOf({ department }))).map((one) => ({ ...one, division })),
    ),
    ...person.consents.flatMap(({ recipients, purposes }) =>
      recipients.flatMap((one) =>
        at(PARTIES.filter(isOf(one))).flatMap((who) => purposes.map((purpose) => ({ ...who, purpose }))),
      ),
    ),
    ...person.team.flatMap(({ worker, organisation }) =>
      at(PARTIES.filter((one) => one.organisation === organisation)).map((one) => ({
        ...one,
        subject: worker ?? organisation,
      })),
    ),
    ...about.flatMap(({ kind, requester, target }) =>
      at([requester, target]).flatMap((one) =>
        (PURPOSES_OF_REFERRALS[kind] ?? []).map((purpose) => ({ ...one, purpose })),
      ),
    ),
    ...world.emergencies
      .filter(({ personId }) => personId === person.id)
      .flatMap(({ subject }) =>
        at(PARTIES.filter((one) => [...workersOf(one), systemOf(one)].includes(subject))).map((one) => ({
          ...one,
          subject,
          purpose: 'CRISIS_RESPONSE',
        })),
      ),
    ...[person.id, ...person.guardians.map(({ guardianId }) => guardianId)].map(themselves),
  ];
}

const at = (parties: readonly Party[]): readonly Fitting[] =>
  parties.map(({ department, organisation, division }) => ({ department, organisation, division, personId: null }));

const isOf =
  ({ department, organisation = null }: { department: string | null; organisation?: Recipient['organisation'] }) =>
  (one: Party): boolean =>
    (department === null || one.department === department) &&
    (organisation === null || one.organisation === organisation);

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
