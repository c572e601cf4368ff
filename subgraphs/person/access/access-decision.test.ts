import { describe, expect, test } from '@jest/globals';
import { type Ask, decide, granted } from './access-fixtures.ts';
import { consent, DISTRICT, link, member, OTHER_DISTRICT, TOWN } from '../person-fixtures.ts';
import type { Recipient } from '../consent/consent.ts';
import { PURPOSES, type Caller, type PurposeOfUse } from '../../shared/caller.ts';
import { PURPOSE_BASES } from './purpose-bases.ts';

const HEALTH_ALL = Object.fromEntries(
  ['visits', 'diagnoses', 'assessment', 'follow-up', 'medication', 'rehabilitation'].map((slug) => [
    `health:${slug}`,
    'OWN_RECORD',
  ]),
);

describe('purposes and bases (domain, section 4)', () => {
  const facts = {
    OWN_RECORD: { links: [link()] },
    CARE_TEAM: { careTeam: [member()] },
    CONSENT: { consents: [consent({ purposes: [...PURPOSES] })] },
  } as const;
  const yes = ['OWN_RECORD', 'CARE_TEAM', 'CONSENT'] as const;
  const table: readonly (readonly [PurposeOfUse, readonly string[]])[] = [
    ['CARE', yes],
    ['REFERRAL', yes],
    ['CRISIS_RESPONSE', yes],
    ['MANDATORY_REPORTING', ['OWN_RECORD']],
    ['SELF_ACCESS', []],
    ['STATISTICS', []],
    ['AUDIT', []],
  ];
  const cells = table.flatMap(([purpose, bases]) =>
    yes.map((basis) => [purpose, basis, bases.includes(basis)] as const),
  );

  test.each(cells)('%s by %s: %s', (purpose, basis, serves) => {
    const decision = decide(facts[basis], { purpose });
    expect(decision.visible).toBe(serves);
    // A consent to be referred opens the person and no category: those are shared by the referral, in its time.
    const opens = serves && !(purpose === 'REFERRAL' && basis === 'CONSENT');
    expect(new Set(Object.values(granted(decision)))).toEqual(new Set(opens ? [basis] : []));
  });

  test('the bases that have no facts yet stand in the table', () => {
    expect(PURPOSE_BASES.CRISIS_RESPONSE).toContain('EMERGENCY');
    expect(PURPOSE_BASES.MANDATORY_REPORTING).toEqual(['OWN_RECORD', 'MANDATORY_REPORT']);
    expect(PURPOSE_BASES.SELF_ACCESS).toEqual(['SELF']);
  });

  test('case 21: a purpose that the token does not allow shows nothing', () => {
    expect(decide({ links: [link()] }, { caller: { purposes: ['REFERRAL'] } }).visible).toBe(false);
  });
});

describe('OWN_RECORD', () => {
  test.each([
    ['its own record', {}, {}, HEALTH_ALL],
    ['a record of a town within the district', { division: TOWN }, {}, HEALTH_ALL],
    ['case 26: the same department in another district', { division: OTHER_DISTRICT }, {}, {}],
    ['a town asking for the district’s record', {}, { division: TOWN }, {}],
    ['case 14: another department’s record', { department: 'EDUCATION' }, {}, {}],
    ['a link that was undone', { unlinkedAt: '2026-02-01T00:00:00Z' }, {}, {}],
    ['a caller without jurisdiction', {}, { division: null }, {}],
    ['a caller without department', {}, { department: null }, {}],
    ['the person’s own token', {}, { department: null, personId: 'person-1' }, {}],
    ['a department that is not deployed', { department: 'POLICE' }, { department: 'POLICE' }, {}],
  ])('%s', (_, linkChanges, callerChanges, expected) => {
    const decision = decide({ links: [link(linkChanges)] }, { caller: callerChanges });
    expect(granted(decision)).toEqual(expected);
    expect(decision.visible).toBe(Object.keys(expected).length > 0);
  });

  test('only the local ids within the jurisdiction are handed on', () => {
    const links = [
      link(),
      link({ localId: 'H-2', division: OTHER_DISTRICT }),
      link({ localId: 'H-3', division: TOWN }),
    ];
    const health = decide({ links }).departments.find(({ department }) => department.slug === 'health');
    expect(health?.parts.flatMap(({ localIds }) => localIds)).toEqual(['H-1', 'H-3']);
  });
});

describe('CONSENT', () => {
  const one = { 'education:counselling': 'CONSENT' };
  const recipient = { department: 'HEALTH', organisation: null, team: null, division: DISTRICT };
  test.each([
    ['names the department', {}, {}, one],
    ['names another department', { recipients: [{ ...recipient, department: 'JUSTICE' }] }, {}, {}],
    ['names this and another', { recipients: [{ ...recipient, department: 'JUSTICE' }, recipient] }, {}, one],
    ['names another district’s unit', { recipients: [{ ...recipient, division: OTHER_DISTRICT }] }, {}, {}],
    ['names a town’s unit, the district asks', { recipients: [{ ...recipient, division: TOWN }] }, {}, one],
    ['names the district’s unit, a town asks', {}, { caller: { division: TOWN } }, {}],
    ['names this organisation', { recipients: [{ ...recipient, organisation: 'district-hospital' }] }, {}, one],
    ['names another organisation', { recipients: [{ ...recipient, organisation: 'other-hospital' }] }, {}, {}],
    [
      'names an organisation without department',
      { recipients: [{ department: null, organisation: 'village-7', team: null, division: TOWN }] },
      { caller: { department: null, organisation: 'village-7' } },
      one,
    ],
    ['names another category', { categories: ['education:enrolment'] }, {}, { 'education:enrolment': 'CONSENT' }],
    ['names a category that does not exist', { categories: ['education:secrets'] }, {}, {}],
    ['names another purpose', { purposes: ['REFERRAL' as const] }, {}, {}],
    ['is over', { to: '2026-11-20T04:00:00Z' }, {}, {}],
    ['ends a moment later', { to: '2026-11-20T04:00:00.001Z' }, {}, one],
    ['begins now', { from: '2026-11-20T12:00:00+08:00' }, {}, one],
    ['begins a moment later', { from: '2026-11-20T04:00:00.001Z' }, {}, {}],
    ['waits for another who must agree', { completeAt: null }, {}, {}],
    ['is withdrawn', { withdrawnAt: '2026-11-19T00:00:00Z' }, {}, {}],
    ['is withdrawn by a clock that runs ahead', { withdrawnAt: '2026-11-21T00:00:00Z' }, {}, {}],
  ])('a consent that %s', (_, changes, ask: Ask, expected) => {
    expect(granted(decide({ consents: [consent(changes)] }, ask))).toEqual(expected);
  });

  test.each([
    ['a consent', { consents: [consent({ categories: ['health:visits', 'education:enrolment'] })] }],
    ['the care team', { careTeam: [member({ categories: ['health:visits', 'education:enrolment'] })] }],
  ])('case 26: %s opens no record that another district keeps, of its own department or another', (_, facts) => {
    const links = [
      link({ division: OTHER_DISTRICT }),
      link({ localId: 'H-2', division: TOWN }),
      link({ department: 'EDUCATION', localId: 'E-1', division: OTHER_DISTRICT }),
      link({ department: 'EDUCATION', localId: 'E-2' }),
    ];
    const localIds = (asking: Partial<Caller>) => {
      const { departments: all } = decide({ ...facts, links }, { caller: asking });
      return Object.fromEntries(
        all.map(({ department, parts }) => [department.slug, [...new Set(parts.flatMap((part) => part.localIds))]]),
      );
    };
    expect(localIds({})).toMatchObject({ health: ['H-2'], education: ['E-2'] });
    // Who owns no record of the person is no exception.
    expect(localIds({ organisation: 'district-hospital', department: 'HEALTH' })).toMatchObject({ health: ['H-2'] });
  });

  test('a consent to a team by name is none to the organisation that the team is of', () => {
    const recipients = [{ ...recipient, team: 'care-team-1' }];
    expect(granted(decide({ consents: [consent({ recipients })] }))).toEqual({});
  });
});

describe('CARE_TEAM', () => {
  const one = { 'education:assessment': 'CARE_TEAM' };
  const byConsent = { ground: { kind: 'CONSENT' as const, consentId: 'consent-1' } };
  const covering = consent({
    categories: ['education:assessment'],
    recipients: [{ department: null, organisation: null, team: 'care-team-1', division: DISTRICT }],
  });
  const naming = (changes: Partial<Recipient>) => ({
    ...covering,
    recipients: [{ department: null, organisation: null, team: null, division: DISTRICT, ...changes }],
  });
  test.each([
    ['is the caller', {}, [], one],
    ['is named on a person’s own token', {}, [], {}, { department: null, personId: 'person-1' }],
    ['is another worker', { worker: 'worker-2' }, [], {}],
    ['is a team without a name', { worker: null }, [], {}],
    ['was named for another organisation', { organisation: 'other-hospital' }, [], {}],
    ['works in another district', { division: OTHER_DISTRICT }, [], {}],
    ['joins tomorrow', { from: '2026-11-21' }, [], {}],
    ['leaves today', { to: '2026-11-20' }, [], one],
    ['left yesterday', { to: '2026-11-19' }, [], {}],
    ['stands on a consent', byConsent, [covering], one],
    ['stands on a consent that is withdrawn', byConsent, [{ ...covering, withdrawnAt: '2026-11-01T00:00:00Z' }], {}],
    ['stands on a consent to another purpose', byConsent, [{ ...covering, purposes: ['REFERRAL' as const] }], {}],
    ['stands on a consent to other categories', byConsent, [{ ...covering, categories: ['education:enrolment'] }], {}],
    ['stands on a consent that is not there', byConsent, [], {}],
    ['stands on a consent to the organisation', byConsent, [naming({ organisation: 'district-hospital' })], one],
    ['stands on a consent to the department', byConsent, [naming({ department: 'HEALTH' })], one],
    ['stands on a consent to another team', byConsent, [naming({ team: 'care-team-2' })], {}],
    ['stands on a consent to another organisation', byConsent, [naming({ organisation: 'other-hospital' })], {}],
    ['stands on a consent to another department', byConsent, [naming({ department: 'UNION' })], {}],
    [
      'stands on a consent to the team elsewhere',
      byConsent,
      [naming({ team: 'care-team-1', division: OTHER_DISTRICT })],
      {},
    ],
    ['is of no team', { ...byConsent, team: null }, [covering], {}],
  ])('a member who %s', (_, changes, consents, expected, callerChanges: Partial<Caller> = {}) => {
    const decision = decide({ careTeam: [member(changes)], consents }, { caller: callerChanges });
    expect(granted(decision)).toEqual(expected);
  });
});

test('case 22: without the scope a category stays out, and the person visible', () => {
  const facts = { links: [link()], consents: [consent()] };
  const decision = decide(facts, { caller: { scopes: ['health:visits:read', 'education:enrolment:read'] } });
  expect([decision.visible, granted(decision)]).toEqual([true, { 'health:visits': 'OWN_RECORD' }]);
  const none = decide(facts, { caller: { scopes: [] } });
  expect([none.visible, granted(none), none.departments.flatMap(({ parts }) => parts)]).toEqual([true, {}, []]);
});

test('the own record comes before the team, the team before a consent', () => {
  const both = ['health:visits', 'education:assessment', 'education:counselling'];
  const decision = decide({
    links: [link()],
    careTeam: [member({ categories: both.slice(0, 2) })],
    consents: [consent({ categories: both })],
  });
  expect(granted(decision)).toMatchObject({
    'health:visits': 'OWN_RECORD',
    'education:assessment': 'CARE_TEAM',
    'education:counselling': 'CONSENT',
  });
});
