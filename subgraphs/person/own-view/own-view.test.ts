import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { requestRecord } from '../../../adapters/audit/audit.fixture.ts';
import type { AuditRecord } from '../../../adapters/audit/port.ts';
import { departments } from '../person-fixtures.ts';
import { own, staff, trustHub } from '../trust.fixture.ts';
import { hubWithLog, LOG, looked, seenBy } from './own-log.fixture.ts';

let hub: Awaited<ReturnType<typeof hubWithLog>>;
beforeEach(async () => {
  hub = await hubWithLog();
});
afterEach(() => hub.close());

const logOf = async (as = own('ward'), variables: object = {}) => hub.log(as, variables);
const write = async (...records: readonly AuditRecord[]) => hub.write(...records);
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

test('case 69: a guardian under suspicion gets what a stranger gets, whatever is asked; the other guardian all as before', async () => {
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

test('what is asked about oneself is itself decided and noted, with the guardian named', async () => {
  const { decisions } = await hub.ask(LOG, { personId: 'ward' }, own('mother'));
  expect(decisions).toMatchObject([{ personId: 'ward', visible: true }]);
  expect(Object.values(decisions[0]?.standings ?? {})[0]).toEqual({ basis: 'SELF', ground: 'guardian:mother' });
});

const beside = (...coordinates: readonly string[]) => ({ coordinates: [coordinates] });
const guardian = { ...requestRecord().actor, department: null, organisation: null, personId: 'mother' };

test.each([
  ['consents', beside('Consent.id', 'Query.consents'), '看到：同意', 'saw: consents'],
  ['a request', beside('Mutation.answerDataRequest'), '处理了：复制、更正、删除请求', 'dealt with: requests for copy'],
  ['referrals', beside('Query.referrals', 'Referral.id'), '看到：转介', 'saw: referrals'],
  ['a conflict', beside('Mutation.resolveLinkConflict'), '处理了：身份关联的核对', 'dealt with: a check of which'],
  [
    'the own log',
    { ...beside('Query.myAccessLog'), actor: guardian },
    '监护人看到：访问记录',
    'your guardian saw: the access log',
  ],
  ['audit records', beside('Query.auditRecords'), '看到：审计记录', 'saw: audit records'],
  ['a suspicion', beside('Mutation.suspendGuardianship'), '处理了：与您有关的事项', 'dealt with: a matter about you'],
  [
    'consents and the person',
    beside('Consent.id', 'Person.maskedName', 'Query.consents'),
    '看到：姓名、出生日期等基本信息、同意',
    'saw: name, date of birth and the like, consents',
  ],
])('case 62: what was shown beside the person is told: %s', async (_, changes, zh, en) => {
  await write(looked('r', changes, { shown: {} }));
  const [{ node }] = (await logOf()).edges;
  expect(node.answered).toBe(true);
  expect(node.text.zh).toContain(zh);
  expect(node.text.en).toContain(en);
});

test('a report that was looked at beside the person is told as any report is: by no field, for no purpose, of no department', async () => {
  const coordinates = [['Query.referrals', 'Referral.reasonCode']];
  const [first] = departments.map(seenBy);
  const actor = first ?? requestRecord().actor;
  await write(
    looked(
      'report',
      { purpose: 'REFERRAL', coordinates, actor },
      { by: 'matter', visible: false, shown: {}, ofReport: true },
    ),
    looked('other', { purpose: 'MANDATORY_REPORTING' }, { shown: {} }),
  );
  const [{ node: other }, { node }] = (await logOf()).edges;
  expect(node).toEqual(other);
});

test('that a matter of theirs was dealt with is told as that, and not while an emergency runs', async () => {
  const review = { by: 'matter', visible: false, shown: {} };
  const coordinates = [['EmergencyReview.id', 'Query.emergencyReviews']];
  await write(looked('matter', { coordinates }, review));
  const [{ node }] = (await logOf()).edges;
  expect([node.answered, node.categories]).toEqual([true, []]);
  expect(node.text.en).toContain('saw: an emergency access');
  const input = { idempotencyKey: 'k', personId: 'ward', reason: '急诊：服药过量，意识不清，须核对正在服用的药物' };
  const BEGIN = `mutation ($input: BeginEmergencyAccessInput!) { beginEmergencyAccess(input: $input) { emergencyAccess { id } } }`;
  await hub.ask(BEGIN, { input }, staff({ subject: 'physician', division: '990102' }, 'CRISIS_RESPONSE'));
  expect((await logOf()).edges).toEqual([]);
});
