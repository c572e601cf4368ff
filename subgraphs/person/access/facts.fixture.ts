/** Facts and questions of all kinds for properties: every list that a decision knows, in every state that counts. */
import fc from 'fast-check';
import { PURPOSES } from '../../shared/caller.ts';
import {
  allScopes,
  consent,
  departments,
  DISTRICT,
  link,
  member,
  NOW,
  OTHER_DISTRICT,
  TOWN,
} from '../person-fixtures.ts';
import { guardian } from '../trust.fixture.ts';
import { EMERGENCY_SCOPE } from './basis-rules.ts';

const names = departments.flatMap(({ categories }) => categories.map(({ name }) => name));
const codes = departments.map(({ code }) => code);
/** Any department, two more often than others, so that callers and facts meet. */
const department = fc.oneof(fc.constantFrom('HEALTH', 'EDUCATION'), fc.constantFrom(...codes));
const division = fc.constantFrom(DISTRICT, TOWN, OTHER_DISTRICT);
const at = (offset: number) => new Date(NOW + offset).toISOString();
const past = at(-1);
const later = at(1);
const instant = fc.constantFrom(null, past, later);
const GUARDIANS = ['mother', 'father'] as const;

const recipients = fc.array(
  fc.record({
    department: fc.option(department, { freq: 2 }),
    organisation: fc.constantFrom('district-hospital', 'district-hospital', 'other'),
    team: fc.constantFrom(null, null, 'care-team-1'),
    division,
  }),
  { minLength: 1, maxLength: 2 },
);
const consents = fc
  .record({
    id: fc.constantFrom('c-1', 'c-2'),
    recipients,
    categories: fc.subarray(names, { minLength: 6 }),
    purposes: fc.subarray([...PURPOSES], { minLength: 3 }),
    withdrawnAt: fc.constantFrom(null, null, past),
    completeAt: fc.constantFrom(past, past, null),
    to: instant,
  })
  .map(consent);
/** A local id says where its record is kept: the hub never links one twice. */
const links = fc
  .record({ department, division })
  .map((changes) => link({ ...changes, localId: `${changes.department} ${changes.division}` }));
const grounds = fc.constantFrom(
  { kind: 'STATUTORY_DUTY' as const, duty: 'a duty' },
  { kind: 'CONSENT' as const, consentId: 'c-1' },
);
const members = fc
  .record({
    worker: fc.constantFrom('worker-1', 'worker-2', null),
    division,
    categories: fc.subarray(names, { minLength: 6 }),
    ground: grounds,
    to: fc.constantFrom(null, '2026-11-19'),
  })
  .map(member);
const guardianships = fc
  .record({
    guardianId: fc.constantFrom(...GUARDIANS),
    suspended: fc.boolean(),
    ward: fc.constantFrom('MINOR' as const, 'ADULT' as const),
    to: fc.constantFrom(null, '2026-11-19'),
  })
  .map(({ guardianId, ...changes }) => guardian(guardianId, changes));
const emergencies = fc.record({
  id: fc.constantFrom('e-1', 'e-2'),
  subject: fc.constantFrom('worker-1', 'worker-2'),
  from: fc.constant(at(-2)),
  to: fc.constantFrom(past, later),
});
const referrals = fc.record({
  id: fc.constantFrom('r-1', 'r-2'),
  recipients,
  categories: fc.subarray(names, { minLength: 6 }),
  acceptedAt: instant,
  finishedAt: instant,
  endedAt: fc.constantFrom(null, null, past),
  consentId: fc.constantFrom(null, 'c-1'),
  until: fc.constantFrom(null, null, past, later),
});
const reports = fc.record({
  id: fc.constantFrom('m-1', 'm-2'),
  recipients,
  categories: fc.subarray(names, { minLength: 6 }),
  from: fc.constantFrom(past, later),
  to: fc.constantFrom(null, null, past),
  suspects: fc.subarray([...GUARDIANS]),
});
const few = <T>(one: fc.Arbitrary<T>, key: (made: T) => unknown) =>
  fc.uniqueArray(one, { maxLength: 4, selector: key });
const any = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 3 });

export const someLinks = few(links, ({ localId }) => localId);
export const someFacts = fc.record({
  birthDate: fc.constantFrom(null, '2011-03-05', '1980-01-01'),
  links: someLinks,
  consents: few(consents, ({ id }) => id),
  careTeam: any(members),
  guardianships: any(guardianships),
  emergencies: few(emergencies, ({ id }) => id),
  referrals: few(referrals, ({ id }) => id),
  reports: few(reports, ({ id }) => id),
});
/** The lists of facts. */
export const LISTS = ['links', 'consents', 'careTeam', 'guardianships', 'emergencies', 'referrals', 'reports'] as const;

const scopes = fc.oneof(fc.constant([...allScopes, EMERGENCY_SCOPE]), fc.subarray([...allScopes, EMERGENCY_SCOPE]));
const roles = fc.constantFrom(['case-worker'], ['designated-staff'], ['department-system']);

const anyStaff = fc.record({
  caller: fc.record({
    department: fc.option(department, { freq: 4 }),
    division,
    scopes,
    roles,
    organisation: fc.constantFrom('district-hospital', 'other'),
    subject: fc.constantFrom('worker-1', 'worker-2'),
  }),
  purpose: fc.oneof(fc.constantFrom('CARE' as const, 'MANDATORY_REPORTING' as const), fc.constantFrom(...PURPOSES)),
});
/** One to whom an emergency may open records beside the own: rare among the others. */
const inCrisis = fc.record({
  caller: fc.record({
    department,
    division: fc.constant(DISTRICT),
    scopes: fc.constant([...allScopes, EMERGENCY_SCOPE]),
    roles,
    organisation: fc.constant('district-hospital'),
    subject: fc.constant('worker-1'),
  }),
  purpose: fc.constant('CRISIS_RESPONSE' as const),
});
/** A worker or a system of a department or of an organisation beside them. */
export const staffAsks = fc.oneof(anyStaff, inCrisis);
/** The person, a guardian of whatever standing, somebody else: by their own token, which may bear staff's claims too. */
export const ownAsks = fc.record({
  caller: fc.record({
    personId: fc.constantFrom('person-1', ...GUARDIANS, 'stranger'),
    department: fc.constantFrom(null, 'HEALTH'),
    division: fc.constantFrom(null, DISTRICT),
    scopes,
    roles: fc.constant(['person']),
    organisation: fc.constantFrom(null, 'district-hospital'),
  }),
  purpose: fc.constantFrom(...PURPOSES),
});
export const someAsks = fc.oneof(staffAsks, ownAsks);
