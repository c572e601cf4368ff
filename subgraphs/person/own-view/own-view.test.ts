import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { auditTerms } from '../../../adapters/audit/audit-terms.ts';
import { requestRecord } from '../../../adapters/audit/audit.fixture.ts';
import type { AuditRecord, RequestRecord } from '../../../adapters/audit/port.ts';
import type { Department } from '../../../schema/departments.ts';
import { consent, departments, DISTRICT, link, NOW } from '../person-fixtures.ts';
import { persons } from '../person.ts';
import { own, staff, trustHub } from '../trust.fixture.ts';

let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub();
});
afterEach(() => hub.close());

let written = 0;
beforeEach(() => {
  written = 0;
});
async function write(...records: readonly AuditRecord[]) {
  const entries = records.map((record, i) => ({
    id: record.id,
    data: JSON.parse(JSON.stringify({ sequence: written + i + 1, previous: '', record, hash: 'h' })),
    ...auditTerms(record),
  }));
  await hub.store.append('audit:hub', entries, { after: written });
  written += records.length;
}

const [shownPerson] = requestRecord().persons;
const looked = (id: string, changes: Partial<RequestRecord> = {}, person: object = {}): RequestRecord => {
  if (shownPerson === undefined) throw new Error('a person');
  return requestRecord({ id, persons: [{ ...shownPerson, id: 'ward', ...person }], ...changes });
};
const LOG = `query ($personId: ID, $first: NonNegativeInt, $after: String) {
  myAccessLog(personId: $personId, first: $first, after: $after) {
    edges { node { department organisation purpose categories bases answered text { zh en } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const logOf = async (as = own('ward'), variables: object = {}) => (await hub.ask(LOG, variables, as)).data.myAccessLog;
const SUSPEND = `mutation ($input: SuspendGuardianshipInput!) { suspendGuardianship(input: $input) { userErrors { code } } }`;
const RELEASE = SUSPEND.replace('suspendGuardianship(', 'releaseGuardianship(');
const suspension = { input: { personId: 'ward', guardianId: 'father', reason: '报告 R-1：涉嫌侵害' } };

test('each look is told in plain words, in both languages', async () => {
  await write(looked('r1'));
  const [{ node }] = (await logOf()).edges;
  expect(node).toMatchObject({
    department: 'HEALTH',
    categories: ['health:visits'],
    bases: ['CONSENT'],
    answered: true,
  });
  expect(node.text.zh).toMatch(/^2026-03-02 · .*就诊.* · 依据：同意/);
  expect(node.text.en).toMatch(
    /^2026-03-02 · the health department \(district-hospital\) saw: Visits.* · because of consent/,
  );
});

test('a refused look is told as one, an answer that was taken back as nothing shown', async () => {
  await write(looked('refused', {}, { visible: false, shown: {}, coordinates: null }), looked('r2'), {
    kind: 'WITHHELD',
    id: 'w',
    at: '2026-03-02T02:00:01.000Z',
    request: 'r2',
    persons: ['ward'],
  });
  const { edges } = await logOf();
  expect(edges.map(({ node }: { node: { answered: boolean } }) => node.answered)).toEqual([false, false]);
  expect(edges[0].node.text.en).toContain('was shown nothing');
});

test('a report appears without its source', async () => {
  await write(
    looked(
      'report',
      { purpose: 'MANDATORY_REPORTING' },
      { shown: { 'education:protection': { basis: 'OWN_RECORD', ground: null } } },
    ),
  );
  const [{ node }] = (await logOf()).edges;
  expect([node.department, node.organisation]).toEqual([null, null]);
  expect(JSON.stringify(node)).not.toMatch(/district-hospital|health department/);
});

const seenBy = (department: Department) => ({
  ...requestRecord().actor,
  department: department.code,
  organisation: `unit-${department.slug}`,
});

test.each(departments.map((department) => [department.code, department] as const))(
  'no report by %s shows whose it is, whatever of its own records it read',
  async (_, department) => {
    const readings = [[], department.categories.slice(0, 1), department.categories];
    const ownRecord = { basis: 'OWN_RECORD', ground: null };
    await write(
      ...readings.map((read, i) =>
        looked(
          `report-${i}`,
          { purpose: 'MANDATORY_REPORTING', actor: seenBy(department) },
          { shown: Object.fromEntries(read.map(({ name }) => [name, ownRecord])) },
        ),
      ),
    );
    const nodes = (await logOf()).edges.map(({ node }: { node: object }) => node);
    expect(nodes).toHaveLength(3);
    // Alike, whatever was read and by whom: so nothing in them tells.
    expect(new Set(nodes.map((node: object) => JSON.stringify(node)))).toEqual(
      new Set([
        JSON.stringify({
          department: null,
          organisation: null,
          purpose: 'MANDATORY_REPORTING',
          categories: [],
          bases: [],
          answered: true,
          text: {
            zh: '2026-03-02 · 依法处理报告的单位查看了您的记录',
            en: '2026-03-02 · an authority that acts on a report looked at your records',
          },
        }),
      ]),
    );
  },
);

test('what a recipient of a report was shown by it is told', async () => {
  const byReport = { basis: 'MANDATORY_REPORT', ground: 'report:R-1' };
  await write(looked('recipient', { purpose: 'MANDATORY_REPORTING' }, { shown: { 'education:protection': byReport } }));
  const [{ node }] = (await logOf()).edges;
  expect(node).toMatchObject({ department: null, categories: ['education:protection'], bases: ['MANDATORY_REPORT'] });
});

test('a look without a category in a running emergency is told after its end; an earlier one of the same user at once', async () => {
  const physician = staff({ subject: 'physician', division: '990102' }, 'CRISIS_RESPONSE');
  const input = { idempotencyKey: 'k', personId: 'ward', reason: '急诊：服药过量，意识不清，须核对正在服用的药物' };
  const BEGIN = `mutation ($input: BeginEmergencyAccessInput!) { beginEmergencyAccess(input: $input) { person { id } } }`;
  await hub.ask(BEGIN, { input }, physician);
  const actor = { ...requestRecord().actor, subject: 'physician' };
  const at = (now: number) => new Date(now).toISOString();
  await write(
    looked('before', { actor, at: at(hub.clock.now - 1) }, { shown: {} }),
    looked('opening', { actor, at: at(hub.clock.now) }, { shown: {}, coordinates: null }),
    looked('look', { actor, at: at(hub.clock.now + 1) }, { shown: {} }),
  );
  expect((await logOf()).edges).toHaveLength(1);
  hub.clock.now += 3 * 3_600_000;
  expect((await logOf()).edges).toHaveLength(3);
});

test('an answer that was taken back is told as such on a later page as well', async () => {
  const at = (second: number) => `2026-03-02T02:00:0${second}.000Z`;
  await write(looked('r1', { at: at(0) }), looked('r2', { at: at(1) }), {
    kind: 'WITHHELD',
    id: 'w',
    at: at(2),
    request: 'r1',
    persons: ['ward'],
  });
  const { pageInfo } = await logOf(own('ward'), { first: 1 });
  const [{ node }] = (await logOf(own('ward'), { first: 1, after: pageInfo.endCursor })).edges;
  expect(node).toMatchObject({ answered: false, categories: [], bases: [] });
});

test('an emergency is told after it has ended, not before', async () => {
  const physician = staff({ subject: 'physician', division: '990102' }, 'CRISIS_RESPONSE');
  const input = { idempotencyKey: 'k', personId: 'ward', reason: '急诊：服药过量，意识不清，须核对正在服用的药物' };
  const BEGIN = `mutation ($input: BeginEmergencyAccessInput!) { beginEmergencyAccess(input: $input) { emergencyAccess { id } } }`;
  const { data } = await hub.ask(BEGIN, { input }, physician);
  const ground = `emergency:${data.beginEmergencyAccess.emergencyAccess.id}`;
  await write(
    looked('e', { purpose: 'CRISIS_RESPONSE' }, { shown: { 'health:visits': { basis: 'EMERGENCY', ground } } }),
  );
  expect((await logOf()).edges).toEqual([]);
  hub.clock.now += 3 * 3_600_000;
  expect((await logOf()).edges).toHaveLength(1);
});

test('pages give each entry once', async () => {
  await write(
    ...Array.from({ length: 25 }, (_, i) =>
      looked(`r${i}`, { at: new Date(Date.UTC(2026, 2, 2, 0, i)).toISOString() }),
    ),
  );
  let seen = 0;
  for (let after: string | null = null, more = true; more;) {
    const page = await logOf(own('ward'), { first: 10, after });
    seen += page.edges.length;
    ({ hasNextPage: more, endCursor: after } = page.pageInfo);
  }
  expect(seen).toBe(25);
});

test('the guardian sees the ward’s; a stranger, staff and a department see nothing', async () => {
  await write(looked('r1'));
  expect((await logOf(own('mother'), { personId: 'ward' })).edges).toHaveLength(1);
  expect(await logOf(own('adult'), { personId: 'ward' })).toBeNull();
  expect(await logOf(staff(), { personId: 'ward' })).toBeNull();
});

test('69: a guardian under suspicion gets what a stranger gets, whatever is asked; the other guardian all as before', async () => {
  await write(looked('r1'));
  const everything = `query ($id: ID!) {
    person(id: $id) { id } myWards { id } myConsents(personId: $id) { id } whoCanSee(personId: $id) { basis }
    myNotices(personId: $id) { id } myDataRequests(personId: $id) { id } myAccessLog(personId: $id) { edges { cursor } }
  }`;
  const before = await hub.ask(everything, { id: 'ward' }, own('father'));
  expect([before.data.person, before.data.myWards]).toEqual([{ id: 'ward' }, [{ id: 'ward' }]]);
  expect(
    (await hub.ask(SUSPEND, suspension, staff({ department: 'EDUCATION' }))).data.suspendGuardianship.userErrors,
  ).toEqual([]);
  const after = await hub.ask(everything, { id: 'ward' }, own('father'));
  const stranger = await hub.ask(everything, { id: 'nobody' }, own('father'));
  expect([after.data, after.codes]).toEqual([stranger.data, stranger.codes]);
  expect((await hub.ask(everything, { id: 'ward' }, own('mother'))).data.myAccessLog.edges).toHaveLength(1);
  // Neither who looks for guardians nor the girl is told of the suspicion.
  const guardians = '{ person(id: "ward") { guardianships { guardianId suspended } } }';
  expect((await hub.ask(guardians, {}, own('ward'))).data.person.guardianships).toEqual([
    { guardianId: 'mother', suspended: false },
  ]);
});

test('a suspension is released by somebody else than who made it, and by no time', async () => {
  const education = staff({ department: 'EDUCATION', subject: 'e-1' });
  await hub.ask(SUSPEND, suspension, education);
  hub.clock.now += 366 * 86_400_000;
  expect((await hub.ask('{ myWards { id } }', {}, own('father'))).data.myWards).toEqual([]);
  expect((await hub.ask(RELEASE, suspension, education)).data.releaseGuardianship.userErrors).toEqual([
    { code: 'OWN_REVIEW' },
  ]);
  expect((await hub.ask(RELEASE, suspension, staff())).data.releaseGuardianship.userErrors).toEqual([]);
  expect((await hub.ask('{ myWards { id } }', {}, own('father'))).data.myWards).toEqual([{ id: 'ward' }]);
});

test('an open report suspends its suspect by itself', async () => {
  const report = {
    id: 'R-1',
    recipients: [],
    categories: [],
    from: '2026-01-01T00:00:00Z',
    to: null,
    suspects: ['father'],
  };
  const other = await trustHub({
    sharedFacts: { ofPersons: async (ids) => ids.map(() => ({ referrals: [], reports: [report] })) },
  });
  try {
    const seen = async (id: string) => (await other.ask('{ person(id: "ward") { id } }', {}, own(id))).data.person;
    expect([await seen('father'), await seen('mother')]).toEqual([null, { id: 'ward' }]);
  } finally {
    await other.close();
  }
});

test('who can see: every department its own records, each recipient of a consent with its end, the guardians', async () => {
  const { data } = await hub.ask('{ whoCanSee { department basis consentId text { zh en } } }', {}, own('ward'));
  expect(
    data.whoCanSee.map(({ department, basis }: { department: string; basis: string }) => [department, basis]),
  ).toEqual([...departments.map(({ code }) => [code, 'OWN_RECORD']), [null, 'SELF'], [null, 'SELF']]);
});

test('a department whose only record is sealed stands in neither view: with its link all is as without', async () => {
  const seen = async (as: ReturnType<typeof own>) => {
    const { data } = await hub.ask('{ whoCanSee(personId: "ward") { department categories text { zh en } } }', {}, as);
    return [data.whoCanSee, await logOf(as, { personId: 'ward' })];
  };
  await write(looked('r1'));
  const readers = [own('father'), own('ward')];
  const before = await Promise.all(readers.map(seen));
  const found = await hub.store.load(persons, 'ward');
  if (found === null) throw new Error('no ward');
  const sealers = departments.filter(({ categories }) => categories.some(({ sealable }) => sealable));
  expect(sealers.map(({ code }) => code)).toEqual(['JUSTICE', 'WOMENS_FEDERATION']);
  const links = sealers.map(({ code }) => link({ department: code, localId: `${code}-1` }));
  const data = { ...found.data, links: [...found.data.links, ...links] };
  await hub.store.save(persons, { id: 'ward', data, expectedVersion: found.version });
  const ownRecord = { basis: 'OWN_RECORD', ground: null };
  for (const department of sealers) {
    const as = { actor: seenBy(department) };
    const shown = (names: readonly { name: string }[]) =>
      Object.fromEntries(names.map(({ name }) => [name, ownRecord]));
    const sealable = department.categories.filter((one) => one.sealable);
    await write(
      looked(`${department.code}-sealable`, as, { shown: shown(sealable) }),
      looked(`${department.code}-all`, as, { shown: shown(department.categories) }),
      looked(`${department.code}-base-data`, as, { shown: {} }),
      looked(`${department.code}-matter`, as, { by: 'matter', shown: {}, coordinates: null }),
    );
  }
  expect(await Promise.all(readers.map(seen))).toEqual(before);
});

test('what such a department saw of others’ records is told, and that it asked in vain; other departments’ own looks too', async () => {
  const federation = departments.find(({ code }) => code === 'WOMENS_FEDERATION');
  const health = departments.find(({ code }) => code === 'HEALTH');
  if (federation === undefined || health === undefined) throw new Error('no such department');
  const ownRecord = { basis: 'OWN_RECORD', ground: null };
  const byConsent = { basis: 'CONSENT', ground: 'consent:c' };
  await write(
    looked('own', { actor: seenBy(health) }, { shown: { 'health:visits': ownRecord } }),
    looked(
      'both',
      { actor: seenBy(federation) },
      { shown: { 'womens-federation:rights-case': ownRecord, 'health:visits': byConsent } },
    ),
    looked('vain', { actor: seenBy(federation) }, { visible: false, shown: {}, coordinates: null }),
  );
  const nodes = (await logOf()).edges.map(({ node }: { node: object }) => node);
  expect(nodes).toMatchObject([
    { department: 'HEALTH', answered: true, categories: ['health:visits'], bases: ['OWN_RECORD'] },
    { department: 'WOMENS_FEDERATION', answered: true, categories: ['health:visits'], bases: ['CONSENT'] },
    { department: 'WOMENS_FEDERATION', answered: false, categories: [] },
  ]);
});

test('who can see by a referral is whom the rule itself lets see', async () => {
  const day = 86_400_000;
  const at = (ms: number) => new Date(NOW + ms).toISOString();
  const referral = {
    recipients: [{ department: 'JUSTICE', organisation: null, team: null, division: DISTRICT }],
    categories: ['health:visits'],
    acceptedAt: at(-20 * day),
    finishedAt: null,
    endedAt: null,
    consentId: null,
    until: null,
  };
  const referrals = [
    { ...referral, id: 'running', categories: ['health:diagnoses'] },
    { ...referral, id: 'lately-finished', finishedAt: at(-6 * day), categories: ['health:medication'] },
    { ...referral, id: 'finished', finishedAt: at(-8 * day) },
    { ...referral, id: 'not-accepted', acceptedAt: null },
    { ...referral, id: 'cancelled', endedAt: at(-day) },
    { ...referral, id: 'without-its-consent', consentId: 'withdrawn' },
    { ...referral, id: 'over', until: at(-1) },
  ];
  const other = await trustHub({
    sharedFacts: { ofPersons: async (ids) => ids.map(() => ({ referrals, reports: [] })) },
  });
  try {
    const { data } = await other.ask('{ whoCanSee { basis categories } }', {}, own('ward'));
    expect(data.whoCanSee.filter(({ basis }: { basis: string }) => basis === 'REFERRAL')).toEqual([
      { basis: 'REFERRAL', categories: ['health:diagnoses'] },
      { basis: 'REFERRAL', categories: ['health:medication'] },
    ]);
  } finally {
    await other.close();
  }
});

test.each([
  [['GUARDIAN'], ['您的监护人', 'your guardian'], ['监护人', 'a guardian']],
  [['SELF'], ['您', 'you'], ['本人', 'the person']],
  [
    ['SELF', 'GUARDIAN'],
    ['您和您的监护人', 'you and your guardian'],
    ['本人和监护人', 'the person and a guardian'],
  ],
] as const)('who agreed is said, to the person and to the guardian: %j', async (givers, toPerson, toGuardian) => {
  const [agreement] = consent().agreements;
  if (agreement === undefined) throw new Error('an agreement');
  const agreements = givers.map((by) => ({ ...agreement, by }));
  await hub.saveLike('second', { consents: [consent({ id: 'c', agreements, completeAt: '2026-02-01T00:00:00Z' })] });
  await write(
    looked('r1', {}, { id: 'second', shown: { 'health:visits': { basis: 'CONSENT', ground: 'consent:c' } } }),
  );
  const told = async (as: ReturnType<typeof own>) => (await logOf(as, { personId: 'second' })).edges[0].node.text;
  for (const [as, [zh, en]] of [
    [own('second'), toPerson],
    [own('mother'), toGuardian],
  ] as const) {
    const text = await told(as);
    expect(text.zh).toContain(`同意（${zh}于 2026-02-01 同意）`);
    expect(text.en).toContain(`consent (${en} agreed on 2026-02-01)`);
  }
});

test('what is asked about oneself is itself decided and noted, with the guardian named', async () => {
  const { decisions } = await hub.ask(LOG, { personId: 'ward' }, own('mother'));
  expect(decisions).toMatchObject([{ personId: 'ward', visible: true }]);
  expect(Object.values(decisions[0]?.standings ?? {})[0]).toEqual({ basis: 'SELF', ground: 'guardian:mother' });
});

test('that a matter of theirs was dealt with is told as that, and not while an emergency runs', async () => {
  await write(looked('matter', {}, { by: 'matter', shown: {}, coordinates: null }));
  const [{ node }] = (await logOf()).edges;
  expect([node.answered, node.categories]).toEqual([true, []]);
  expect(node.text.en).toContain('dealt with a matter about you');
  const input = { idempotencyKey: 'k', personId: 'ward', reason: '急诊：服药过量，意识不清，须核对正在服用的药物' };
  const BEGIN = `mutation ($input: BeginEmergencyAccessInput!) { beginEmergencyAccess(input: $input) { emergencyAccess { id } } }`;
  await hub.ask(BEGIN, { input }, staff({ subject: 'physician', division: '990102' }, 'CRISIS_RESPONSE'));
  expect((await logOf()).edges).toEqual([]);
});
