/** Section 4 of the domain, cell by cell: expectations are written here from the page, not taken from the code's tables. */
import { describe, expect, test } from '@jest/globals';
import type { Caller, PurposeOfUse } from '../../shared/caller.ts';
import { consent, DISTRICT, link, member, NOW, OTHER_DISTRICT, TOWN } from '../person-fixtures.ts';
import { guardian } from '../trust.fixture.ts';
import type { AccessFacts } from './access-question.ts';
import { decide, granted } from './access-fixtures.ts';

const DAY_MS = 86_400_000;
const at = (ms: number) => new Date(ms).toISOString();
const PURPOSES = [
  'CARE',
  'REFERRAL',
  'CRISIS_RESPONSE',
  'MANDATORY_REPORTING',
  'STATISTICS',
  'SELF_ACCESS',
  'AUDIT',
] as const;
const HEALTH = { department: 'HEALTH', organisation: null, team: null };
const SELF: Partial<Caller> = {
  personId: 'person-1',
  department: null,
  division: null,
  organisation: null,
  roles: ['person'],
};
const GUARDIAN = { ...SELF, personId: 'mother' };
const all = ['health:visits', 'education:enrolment', 'education:counselling', 'union:employee-assistance'];
const scopes = [...all.map((name) => `${name}:read`), 'emergency:access'];

interface Row {
  readonly facts: (where: string, category: string) => Partial<AccessFacts>;
  readonly caller?: Partial<Caller>;
  readonly purposes: readonly PurposeOfUse[];
  /** Of the four, which a basis that names them all opens to ordinary staff. */
  readonly opens: readonly string[];
  /** Beyond the jurisdiction. */
  readonly crosses: boolean;
}

const CARE = ['CARE', 'REFERRAL', 'CRISIS_RESPONSE'] as const;
const WITHOUT_CUSTODIAN = all.filter((name) => name !== 'education:counselling');

const ROWS: Readonly<Record<string, Row>> = {
  OWN_RECORD: {
    facts: (division) => ({ links: [link({ division })] }),
    purposes: [...CARE, 'MANDATORY_REPORTING'],
    opens: ['health:visits'],
    crosses: false,
  },
  CONSENT: {
    facts: (division, category) => ({
      consents: [consent({ categories: [category], purposes: [...PURPOSES], recipients: [{ ...HEALTH, division }] })],
    }),
    // To be referred is what is agreed to by it: the categories are the referral's to share.
    purposes: CARE.filter((purpose) => purpose !== 'REFERRAL'),
    opens: WITHOUT_CUSTODIAN,
    crosses: false,
  },
  REFERRAL: {
    facts: (division, category) => ({
      referrals: [
        {
          id: 'r',
          recipients: [{ ...HEALTH, division }],
          categories: [category],
          acceptedAt: at(NOW - DAY_MS),
          finishedAt: null,
          endedAt: null,
          consentId: null,
          until: null,
        },
      ],
    }),
    purposes: CARE,
    opens: WITHOUT_CUSTODIAN,
    crosses: false,
  },
  CARE_TEAM: {
    facts: (division, category) => ({ careTeam: [member({ division, categories: [category] })] }),
    purposes: CARE,
    opens: all,
    crosses: false,
  },
  MANDATORY_REPORT: {
    facts: (division, category) => ({
      reports: [
        {
          id: 'm',
          recipients: [{ ...HEALTH, division }],
          categories: [category],
          from: at(NOW - DAY_MS),
          to: null,
          suspects: [],
        },
      ],
    }),
    purposes: ['MANDATORY_REPORTING'],
    opens: WITHOUT_CUSTODIAN,
    crosses: false,
  },
  EMERGENCY: {
    facts: () => ({ emergencies: [{ id: 'e', subject: 'worker-1', from: at(NOW - 1), to: at(NOW + 1) }] }),
    purposes: ['CRISIS_RESPONSE'],
    opens: all,
    crosses: true,
  },
  SELF: { facts: () => ({}), caller: SELF, purposes: ['SELF_ACCESS'], opens: all, crosses: true },
};

const cells = Object.entries(ROWS).flatMap(([basis, row]) =>
  all.flatMap((category) =>
    PURPOSES.flatMap((purpose) =>
      [DISTRICT, TOWN, OTHER_DISTRICT].map((where) => ({ basis, row, category, purpose, where })),
    ),
  ),
);

describe.each(Object.keys(ROWS))('%s', (name) => {
  test.each(cells.filter(({ basis }) => basis === name))(
    '$category for $purpose, in $where',
    ({ row, category, purpose, where }) => {
      const caller = { roles: ['case-worker'], scopes, ...row.caller };
      const decision = decide(row.facts(where, category), { caller, purpose });
      const opened =
        row.purposes.includes(purpose) && row.opens.includes(category) && (row.crosses || where !== OTHER_DISTRICT);
      expect(granted(decision)[category] ?? null).toBe(opened ? name : null);
      expect(granted(decide(row.facts(where, category), { caller: { ...caller, scopes: [] }, purpose }))).toEqual({});
    },
  );
});

test.each(Object.entries(ROWS))(
  'a custodian category by %s: the department’s designated staff, its system never unless by name',
  (name, { facts, purposes, opens, caller: bearer }) => {
    const [category, purpose] = ['education:counselling', purposes[0] ?? 'CARE'];
    const basisOf = (roles: readonly string[]) =>
      granted(decide(facts(DISTRICT, category), { caller: { roles, scopes, ...bearer }, purpose }))[category] ?? null;
    const opensAny = name !== 'OWN_RECORD';
    expect(basisOf(['designated-staff'])).toBe(opensAny ? name : null);
    expect(basisOf(['department-system'])).toBe(opens.includes(category) ? name : null);
  },
);

const team = { careTeam: [member({ categories: all })] };
test.each([
  ['a named worker', {}, team, all],
  ['another worker of the same organisation', { subject: 'worker-2' }, team, []],
  ['the same worker at another organisation', { organisation: 'other' }, team, []],
  ["the department's system", { subject: 'service-account', roles: ['department-system'] }, team, []],
  [
    'an organisation outside the departments, which may be the employer',
    { department: null },
    {
      consents: [
        consent({
          categories: all,
          recipients: [{ department: null, organisation: 'district-hospital', team: null, division: DISTRICT }],
        }),
      ],
    },
    ['health:visits', 'education:enrolment'],
  ],
  [
    'designated staff, by a consent to the department',
    { roles: ['designated-staff'] },
    { consents: [consent({ categories: all })] },
    all,
  ],
] as const)('worker or department: %s', (_, changes, facts, expected) => {
  expect(
    Object.keys(granted(decide(facts, { caller: { roles: ['case-worker'], scopes, ...changes } }))).toSorted(),
  ).toEqual([...expected].toSorted());
});

const referral = (changes: object) => ({
  ...ROWS.REFERRAL?.facts(DISTRICT, 'health:visits').referrals?.[0],
  ...changes,
});
const withConsent = (changes: object) => ({ consents: [consent({ id: 'c', categories: [], ...changes })] });
test.each([
  ['before acceptance', { acceptedAt: null }, {}, false],
  ['from acceptance', { acceptedAt: at(NOW) }, {}, true],
  ['a moment before acceptance', { acceptedAt: at(NOW + 1) }, {}, false],
  ['seven days after its end, less a moment', { finishedAt: at(NOW - 7 * DAY_MS + 1) }, {}, true],
  ['seven days after its end', { finishedAt: at(NOW - 7 * DAY_MS) }, {}, false],
  ['broken off', { endedAt: at(NOW) }, {}, false],
  ['while the consent under it stands', { consentId: 'c' }, withConsent({}), true],
  ['when the consent under it was withdrawn', { consentId: 'c' }, withConsent({ withdrawnAt: at(NOW) }), false],
  ['when the consent under it is not there', { consentId: 'c' }, {}, false],
  ['until the emergency under it ends, less a moment', { until: at(NOW + 1) }, {}, true],
  ['once the emergency under it has ended', { until: at(NOW) }, {}, false],
])('a referral shares %s: %#', (_, changes, facts, expected) => {
  const decision = decide({ referrals: [referral(changes)], ...facts } as Partial<AccessFacts>, { caller: { scopes } });
  expect(Object.keys(granted(decision))).toEqual(expected ? ['health:visits'] : []);
});

// Today is 2026-11-20 in Shanghai.
test.each([
  ['of a minor', '2011-03-05', {}, true],
  ['on the day before the eighteenth birthday', '2008-11-21', {}, true],
  ['on the eighteenth birthday', '2008-11-20', {}, false],
  ['of an adult without full capacity', '1980-01-01', { ward: 'ADULT' }, true],
  ['of an adult with it', '1980-01-01', {}, false],
  ['of unknown age', null, {}, false],
  ['suspended', '2011-03-05', { suspended: true }, false],
  ['over', '2011-03-05', { to: '2026-11-19' }, false],
] as const)('the guardian %s', (_, birthDate, changes, expected) => {
  const facts = { birthDate, guardianships: [guardian('mother', changes)] };
  const decision = decide(facts, { caller: { ...GUARDIAN, scopes }, purpose: 'SELF_ACCESS' });
  expect(Object.keys(granted(decision)).toSorted()).toEqual(expected ? all.toSorted() : []);
  // 69: who may not is a stranger.
  if (!expected)
    expect(decision).toEqual(
      decide({}, { caller: { ...GUARDIAN, personId: 'stranger', scopes }, purpose: 'SELF_ACCESS' }),
    );
});

test('the suspect of a report is nobody’s guardian: while it is open, and after its end until a human releases them', () => {
  const report = { id: 'm', recipients: [], categories: [], from: at(NOW - DAY_MS), to: null, suspects: ['mother'] };
  const suspension = { at: at(NOW), by: 'a', reason: null, releasedBy: 'b', releaseReason: null };
  const seen = (to: string | null, releasedAt: string | null = null) =>
    decide(
      {
        guardianships: [guardian('mother', { suspensions: [{ ...suspension, releasedAt }] } as object)],
        reports: [{ ...report, to }],
      },
      { caller: { ...GUARDIAN, scopes }, purpose: 'SELF_ACCESS' },
    ).visible;
  expect([seen(null), seen(null, at(NOW)), seen(at(NOW)), seen(at(NOW), at(NOW))]).toEqual([false, false, false, true]);
  // A release from before the report is none of its.
  expect(seen(at(NOW), at(NOW - 2 * DAY_MS))).toBe(false);
});

describe('an emergency beside the own record', () => {
  const links = [link(), link({ localId: 'H-9', division: OTHER_DISTRICT })];
  const emergencies = [{ id: 'e', subject: 'worker-1', from: at(NOW - 1), to: at(NOW + 1) }];
  const health = (facts: Partial<AccessFacts>) =>
    decide(facts, { caller: { scopes }, purpose: 'CRISIS_RESPONSE' }).departments.find(
      ({ department }) => department.slug === 'health',
    );

  test('what the own jurisdiction keeps stays own, what another keeps is opened by the emergency, and no id twice', () => {
    expect(health({ links, emergencies })?.parts).toEqual([
      { basis: 'OWN_RECORD', ground: null, categories: ['visits'], localIds: ['H-1'] },
      { basis: 'EMERGENCY', ground: 'emergency:e', categories: ['visits'], localIds: ['H-9'] },
    ]);
  });

  test('that it crossed is said where it did', () => {
    const crosses = (facts: Partial<AccessFacts>) =>
      decide(facts, { caller: { scopes }, purpose: 'CRISIS_RESPONSE' }).crossesJurisdiction;
    expect([crosses({ links, emergencies }), crosses({ links: [link()], emergencies }), crosses({ links })]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
