import fc, { type Arbitrary } from 'fast-check';
import type { Asking } from './reference/asking.ts';
import { CATEGORIES } from './reference/departments.ts';
import { type Fitting, fittingStaff, themselves } from './fitting-staff.ts';
import { divisions, parties } from './world/arbitraries.ts';
import type { Party, PersonFacts, World } from './world/facts.ts';
import { CITY, DISTRICT, systemOf, workersOf } from './world/pools.ts';

const SCOPES: readonly string[] = [
  ...CATEGORIES.map((category) => `${category}:read`),
  'person:identity:read',
  'person:crosswalk:read',
  'person:guardianship:read',
  'person:care-team:read',
  'person:match',
  'referral:read',
  'consent:write',
  'emergency:access',
];

const scopes: Arbitrary<readonly string[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(SCOPES) },
  // All but some.
  {
    weight: 3,
    arbitrary: fc.subarray([...SCOPES], { maxLength: 6 }).map((lost) => SCOPES.filter((one) => !lost.includes(one))),
  },
  { weight: 2, arbitrary: fc.subarray([...SCOPES]) },
  { weight: 1, arbitrary: fc.subarray([...SCOPES], { maxLength: 3 }) },
);

const STAFF_PURPOSES = ['CARE', 'REFERRAL', 'CRISIS_RESPONSE', 'MANDATORY_REPORTING'];
const purposes = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...STAFF_PURPOSES) },
  { weight: 1, arbitrary: fc.constantFrom('STATISTICS', 'SELF_ACCESS', 'AUDIT') },
);

/** Somebody of an institution, or its system, mostly where it is. */
const staff: Arbitrary<Asking> = parties.chain((party: Party) =>
  fc.record({
    subject: fc.constantFrom(...workersOf(party), systemOf(party)),
    client: fc.constant('hub-console'),
    organisation: fc.constant(party.organisation),
    department: fc.constant(party.department),
    division: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(party.division, DISTRICT) },
      { weight: 3, arbitrary: divisions },
      { weight: 1, arbitrary: fc.constantFrom(CITY, null) },
    ),
    roles: fc.subarray(['department-system', 'case-worker', 'designated-staff']),
    scopes,
    purposes: fc.constant([...STAFF_PURPOSES, 'STATISTICS', 'SELF_ACCESS', 'AUDIT']),
    personId: fc.constant(null),
    purpose: purposes,
  }),
);

/** Random callers: scopes, institution, place, role and purpose; many of them such as a fact about this person means. */
export function callers(person: PersonFacts, world: World): Arbitrary<Asking> {
  const like = (all: Arbitrary<Fitting>) =>
    fc.tuple(staff, all).map(([one, fitting]): Asking => ({ ...one, ...fitting }));
  const fitting = fc.constantFrom(...fittingStaff(person, world), [{}]).chain((kind) => fc.constantFrom(...kind));
  const own = [person.id, ...person.guardians.map(({ guardianId }) => guardianId)];
  return fc.oneof(
    { weight: 2, arbitrary: staff },
    { weight: 6, arbitrary: like(fitting) },
    { weight: 2, arbitrary: like(fc.constantFrom(...own).map(themselves)) },
    { weight: 1, arbitrary: like(fc.constantFrom(...world.persons.map(({ id }) => id)).map(themselves)) },
  );
}

/** The claims by which a token says so. */
export function claimsOf(asking: Asking): Readonly<Record<string, unknown>> {
  const { subject, client, organisation, department, division, roles, scopes: granted, purposes: stated } = asking;
  return {
    sub: subject,
    azp: client,
    client_id: client,
    scope: granted.join(' '),
    realm_access: { roles },
    purposes: stated,
    organisation: organisation ?? undefined,
    department: department ?? undefined,
    division: division ?? undefined,
    person_id: asking.personId ?? undefined,
  };
}
