import fc, { type Arbitrary } from 'fast-check';
import { DEPARTMENTS } from '../reference/departments.ts';
import type {
  ConsentFacts,
  EmergencyFacts,
  GuardianFacts,
  LifeEventFacts,
  LinkFacts,
  MemberFacts,
  MemberGround,
  Party,
  PersonFacts,
  Recipient,
  World,
} from './facts.ts';
import { divisions, GUARDIAN_IDS, parties, PERSON_IDS, someCategories } from './arbitraries.ts';
import { makeRecords } from './make-records.ts';
import { referralsAbout } from './make-referrals.ts';
import { madeIdNumber } from './id-numbers.ts';
import { NOW, systemOf, TEAM, TODAY, workersOf } from './pools.ts';

const instant = (offsetMs: number) => new Date(NOW + offsetMs).toISOString();
const DAY = 86_400_000;
const dayAt = (days: number) => new Date(Date.parse(`${TODAY}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** On both sides of every birthday that decides something, and what is not known to the day or at all. */
const BIRTH_DATES: readonly (string | null)[] = [
  '2025-02-01',
  '2021-06-01',
  '2019-03-04',
  '2012-11-20',
  '2012-11-21',
  '2011-03-05',
  '2008-11-21',
  '2008-11-20',
  '2008-11-19',
  '1990-05-01',
  '1966-11-20',
  '1940-01-01',
  '2013',
  null,
];

const recipients: Arbitrary<Recipient> = fc.oneof(
  { weight: 4, arbitrary: parties.map(({ department, division }) => department ?? division).chain(byDepartment) },
  { weight: 2, arbitrary: parties.map((one) => ({ ...one, team: null })) },
  {
    weight: 1,
    arbitrary: divisions.map((division) => ({ department: null, organisation: null, team: TEAM, division })),
  },
);

function byDepartment(code: string): Arbitrary<Recipient> {
  const department = /^\d/.test(code) ? 'HEALTH' : code;
  return divisions.map((division) => ({ department, organisation: null, team: null, division }));
}

const PURPOSES = ['CARE', 'REFERRAL', 'CRISIS_RESPONSE', 'MANDATORY_REPORTING'];

const consents = (id: string): Arbitrary<ConsentFacts> =>
  fc.record({
    id: fc.constant(id),
    recipients: fc.array(recipients, { minLength: 1, maxLength: 2 }),
    categories: someCategories,
    purposes: fc.subarray(PURPOSES, { minLength: 1 }),
    complete: fc.constantFrom(true, true, true, true, true, false),
    from: fc.constantFrom(instant(-30 * DAY), instant(-30 * DAY), instant(-30 * DAY), instant(0), instant(1)),
    to: fc.constantFrom(null, null, null, null, instant(DAY), instant(1), instant(0)),
    withdrawn: fc.constantFrom(false, false, false, false, true),
  });

const members = (person: string): Arbitrary<MemberFacts> => {
  const grounds: Arbitrary<MemberGround> = fc.oneof(
    fc.constantFrom('c1', 'c2', 'gone').map((id) => ({ kind: 'CONSENT' as const, consentId: `${person}-${id}` })),
    fc.constantFrom('r1', 'r2').map((id) => ({ kind: 'REFERRAL' as const, referralId: `${person}-${id}` })),
    fc.constant({ kind: 'STATUTORY_DUTY' as const, duty: '精神卫生法 art. 55' }),
  );
  return parties.chain((party) =>
    fc.record({
      worker: fc.constantFrom(...workersOf(party), ...workersOf(party), null),
      organisation: fc.constant(party.organisation),
      team: fc.constantFrom(null, TEAM),
      division: fc.oneof(fc.constant(party.division), divisions),
      categories: someCategories,
      from: fc.constantFrom(dayAt(-30), dayAt(0), dayAt(1)),
      to: fc.constantFrom(null, null, dayAt(0), dayAt(-1)),
      ground: grounds,
    }),
  );
};

const guardians = (others: readonly string[]): Arbitrary<GuardianFacts> =>
  fc.record({
    guardianId: fc.constantFrom(...others),
    ward: fc.constantFrom('MINOR' as const, 'MINOR' as const, 'ADULT' as const),
    from: fc.constantFrom(dayAt(-400), dayAt(0), dayAt(1)),
    to: fc.constantFrom(null, null, dayAt(0), dayAt(-1)),
    suspended: fc.constantFrom(false, false, false, true),
  });

const lifeEvents: Arbitrary<LifeEventFacts> = fc.constantFrom(
  { kind: 'ENROLLED', date: dayAt(-70), shownBy: 'education:enrolment' },
  { kind: 'PREGNANT', date: dayAt(-100), shownBy: 'health:visits' },
  { kind: 'MARRIED', date: dayAt(-500), shownBy: null },
  { kind: 'MARRIED', date: dayAt(-300), shownBy: 'civil-affairs:family-guidance' },
);

const links = (person: string): Arbitrary<readonly LinkFacts[]> =>
  fc
    .array(
      fc.record({
        department: fc.constantFrom(...DEPARTMENTS.map(({ code }) => code)),
        division: divisions,
        undone: fc.constantFrom(false, false, false, false, true),
      }),
      { maxLength: 6 },
    )
    .map((all) => all.map((one, i) => ({ ...one, localId: `${person.toUpperCase()}-${i}` })));

const persons = (id: string, i: number): Arbitrary<PersonFacts> => {
  const short = `p${i + 1}`;
  return fc.record({
    id: fc.constant(id),
    idNumber: fc.constant(madeIdNumber(i)),
    name: fc.constant(`${'赵钱孙李周吴郑王'.charAt(i % 8)}${'一二三四五六'.charAt(i % 6)}${'甲乙丙丁'.charAt(i % 4)}`),
    sex: fc.constantFrom('MALE' as const, 'FEMALE' as const),
    birthDate: fc.constantFrom(...BIRTH_DATES),
    division: divisions,
    links: links(short),
    lifeEvents: fc.uniqueArray(lifeEvents, { maxLength: 3, selector: ({ kind }) => kind }),
    guardians: fc.uniqueArray(guardians(GUARDIAN_IDS.filter((one) => one !== id)), {
      maxLength: 2,
      selector: ({ guardianId }) => guardianId,
    }),
    team: fc.array(members(short), { maxLength: 3 }),
    consents: fc.tuple(consents(`${short}-c1`), consents(`${short}-c2`)),
  });
};

const emergenciesOf = (personId: string, i: number): Arbitrary<readonly EmergencyFacts[]> =>
  fc.array(
    parties
      .chain((party: Party) => fc.constantFrom(...workersOf(party), systemOf(party)))
      .chain((subject) =>
        fc.record({
          id: fc.constant(`p${i + 1}-e`),
          personId: fc.constant(personId),
          subject: fc.constant(subject),
          from: fc.constantFrom(instant(-3_600_000), instant(0)),
          to: fc.constantFrom(instant(2 * 3_600_000), instant(1), instant(0)),
        }),
      ),
    { maxLength: 1 },
  );

/** A world of its seed, the same each time. */
export function makeWorld(seed: number): World {
  const [people] = fc.sample(fc.tuple(...PERSON_IDS.map(persons)), { seed, numRuns: 1 });
  const [emergencies] = fc.sample(fc.tuple(...PERSON_IDS.map(emergenciesOf)), { seed: seed + 1, numRuns: 1 });
  const all = (emergencies ?? []).flat();
  const [referrals] = fc.sample(fc.tuple(...(people ?? []).map((one, i) => referralsAbout(one, i, all))), {
    seed: seed + 2,
    numRuns: 1,
  });
  return {
    now: NOW,
    persons: people ?? [],
    emergencies: all,
    referrals: (referrals ?? []).flat(),
    records: makeRecords(people ?? [], seed + 3),
  };
}
