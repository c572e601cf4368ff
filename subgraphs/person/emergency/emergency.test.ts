import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Store, StoreError } from '../../../adapters/store/port.ts';
import { DISTRICT, OTHER_DISTRICT } from '../person-fixtures.ts';
import { own, staff, trustHub } from '../trust.fixture.ts';
import { emergencyAccesses } from './emergency-access.ts';

type Hub = Awaited<ReturnType<typeof trustHub>>;
let hub: Hub;
beforeEach(async () => {
  hub = await trustHub();
});
afterEach(() => hub.close());

const BEGIN = `mutation ($input: BeginEmergencyAccessInput!) {
  beginEmergencyAccess(input: $input) { emergencyAccess { id from to } person { id access { category basis } } userErrors { code path } }
}`;
const QUEUE = '{ emergencyReviews { edges { node { id reason subject overdue dueAt } } pageInfo { hasNextPage } } }';
const REVIEW = `mutation ($input: ReviewEmergencyAccessInput!) {
  reviewEmergencyAccess(input: $input) { emergencyAccessId userErrors { code path } }
}`;
const SEEN = '{ person(id: "ward") { id } }';
const REASON = '急诊：服药过量，意识不清，须核对正在服用的药物';
const HOUR = 3_600_000;

/** A physician of another district, who has no other basis. */
const physician = (changes = {}) =>
  staff(
    { subject: 'physician', client: 'hospital', organisation: 'hospital-b', division: OTHER_DISTRICT, ...changes },
    'CRISIS_RESPONSE',
  );
const reviewer = staff({ subject: 'auditor-1', client: 'auditor', department: null, organisation: 'dpo' }, 'AUDIT');

const begin = async (changes: object = {}, as = physician(), on: Hub = hub) => {
  const input = { idempotencyKey: 'k1', personId: 'ward', reason: REASON, ...changes };
  const { data, decisions } = await on.ask(BEGIN, { input }, as);
  return { ...data.beginEmergencyAccess, decisions };
};
const sees = async (as = physician(), on: Hub = hub) => (await on.ask(SEEN, {}, as)).data.person !== null;
const review = async (id: string, changes: object = {}, as = reviewer) => {
  const input = { emergencyAccessId: id, verdict: 'JUSTIFIED', ...changes };
  return (await hub.ask(REVIEW, { input }, as)).data.reviewEmergencyAccess;
};

test('another district sees nobody, then everything for three hours and to the second, marked; then nobody again', async () => {
  expect(await sees()).toBe(false);
  const { emergencyAccess, person, decisions } = await begin();
  expect(Date.parse(emergencyAccess.to) - Date.parse(emergencyAccess.from)).toBe(3 * HOUR);
  expect(new Set(person.access.map(({ basis }: { basis: string }) => basis))).toEqual(new Set(['EMERGENCY']));
  expect(decisions).toMatchObject([
    { personId: 'ward', crossesJurisdiction: true, emergencyUntil: emergencyAccess.to },
  ]);
  hub.clock.now += 3 * HOUR - 1;
  expect(await sees()).toBe(true);
  hub.clock.now += 1;
  expect(await sees()).toBe(false);
});

test.each([
  ['another user', () => physician({ subject: 'colleague' })],
  ['another purpose', () => ({ ...physician(), purpose: 'CARE' as const })],
  ['a token without the scope', () => physician({ scopes: ['health:visits:read'] })],
])('it serves nobody and nothing else: %s', async (_, as) => {
  await begin();
  expect(await sees(as())).toBe(false);
});

test.each([
  ['a reason of nineteen characters', { reason: 'x'.repeat(19) }, 'INVALID', 'reason'],
  ['a reason of spaces', { reason: ' '.repeat(30) }, 'INVALID', 'reason'],
  ['a reason that says nothing', { reason: '啊'.repeat(30) }, 'INVALID', 'reason'],
  ['somebody unknown', { personId: 'nobody' }, 'NOT_FOUND', 'personId'],
  ['neither id nor number', { personId: null }, 'INVALID', 'personId'],
])('refused, and nothing is stored: %s', async (_, changes, code, field) => {
  expect((await begin(changes)).userErrors).toEqual([{ code, path: ['input', field] }]);
  expect((await hub.store.countBy(emergencyAccesses, 'byReview')).size).toBe(0);
});

test('twice, also at once, is one access; the reason does not lie in the store as it is', async () => {
  const [first, second] = await Promise.all([begin(), begin()]);
  const third = await begin({ idempotencyKey: 'k2' });
  expect(third.emergencyAccess.id).toBe((first.emergencyAccess ?? second.emergencyAccess).id);
  expect((await hub.store.countBy(emergencyAccesses, 'byReview')).get('OPEN')).toBe(1);
  expect(JSON.stringify(await hub.store.load(emergencyAccesses, third.emergencyAccess.id))).not.toContain('急诊');
});

describe('the review', () => {
  test('somebody else reads the reason and closes it, once; the user cannot', async () => {
    const { id } = (await begin()).emergencyAccess;
    expect((await review(id, {}, { ...physician(), purpose: 'AUDIT' })).userErrors[0].code).toBe('OWN_REVIEW');
    const { data } = await hub.ask(QUEUE, {}, reviewer);
    expect(data.emergencyReviews.edges).toMatchObject([
      { node: { id, reason: REASON, subject: 'physician', overdue: false } },
    ]);
    expect((await review(id)).userErrors).toEqual([]);
    expect((await review(id)).userErrors[0].code).toBe('ALREADY_DECIDED');
    expect((await hub.ask(QUEUE, {}, reviewer)).data.emergencyReviews.edges).toEqual([]);
  });

  test('not justified needs a follow-up, and ends the access at once', async () => {
    const { id } = (await begin()).emergencyAccess;
    expect((await review(id, { verdict: 'NOT_JUSTIFIED' })).userErrors).toMatchObject([
      { code: 'INVALID', path: ['input', 'followUp'] },
    ]);
    const followUp = '约谈并记录，暂停其紧急权限';
    expect((await review(id, { verdict: 'NOT_JUSTIFIED', followUp })).userErrors).toEqual([]);
    expect(await sees()).toBe(false);
  });

  test('of two reviewers at once one decides', async () => {
    const { id } = (await begin()).emergencyAccess;
    const both = await Promise.all([review(id), review(id)]);
    expect(both.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).toEqual([
      'ALREADY_DECIDED',
    ]);
  });

  test('staff of another division finds it neither in the queue nor by its id', async () => {
    const { id } = (await begin()).emergencyAccess;
    const far = staff({ subject: 'far', department: null, division: '110101' }, 'AUDIT');
    expect((await hub.ask(QUEUE, {}, far)).data.emergencyReviews.edges).toEqual([]);
    expect((await review(id, {}, far)).userErrors[0].code).toBe('NOT_FOUND');
  });
});

test('after the end the person is told, once, and an open review is reminded of, once a step', async () => {
  await begin();
  const claimed = async () =>
    (await hub.store.claim({ type: 'AUDIT', leaseMs: 1e9, limit: 99 })).flatMap(
      ({ id }) => /^audit:(\w+):/.exec(id)?.[1] ?? [],
    );
  const run = async (hours: number) => {
    hub.clock.now += hours * HOUR;
    await Promise.all([hub.runJobs(), hub.runJobs()]);
    await hub.ask(SEEN, {}, physician());
    return claimed();
  };
  expect(await run(1)).toEqual([]);
  expect(await run(2)).toEqual(['told']);
  expect(await run(24)).toEqual(['reminder']);
  expect(await run(10)).toEqual([]);
  expect(await run(38)).toEqual(['reminder']);
  const { data } = await hub.ask('{ myNotices { text { zh en } } }', {}, own('ward'));
  expect(data.myNotices).toHaveLength(1);
  expect(data.myNotices[0].text.en).toContain('opened your records in an emergency');
});

test('case 67: no figure is of a day, or of a month that is not over', async () => {
  await begin();
  const office = staff({ department: null, subject: 'office' }, 'STATISTICS');
  const asked = async (from: string, to: string) => {
    const { data, codes } = await hub.ask(
      `{ emergencyFigures(from: "${from}", to: "${to}") { accesses } }`,
      {},
      office,
    );
    return [data.emergencyFigures, ...codes];
  };
  const today = new Date(hub.clock.now).toISOString().slice(0, 10);
  expect(await asked(today, today)).toEqual([null, 'BAD_USER_INPUT']);
  expect(await asked('2026-11-01', '2026-11-30')).toEqual([null, 'BAD_USER_INPUT']);
});

test('the office counts accesses by department, and no persons', async () => {
  const { id } = (await begin({}, physician({ division: DISTRICT }))).emergencyAccess;
  await begin({ personId: 'adult', idempotencyKey: 'k2' }, physician({ division: DISTRICT, subject: 'second' }));
  await review(id);
  const figures = `{ emergencyFigures(from: "2026-11-01", to: "2026-11-30") { department organisation accesses justified open } }`;
  const office = staff({ department: null, subject: 'office' }, 'STATISTICS');
  hub.clock.now = Date.parse('2026-12-01T00:00:00+08:00');
  expect((await hub.ask(figures, {}, office)).data.emergencyFigures).toEqual([
    { department: 'HEALTH', organisation: 'hospital-b', accesses: 2, justified: 1, open: 1 },
  ]);
});

test('case 64: while the store takes no writes an emergency begins all the same, and is in the store once afterwards', async () => {
  let down = false;
  const failing = (store: Store): Store => ({
    ...store,
    save: async (...given) => {
      if (down) throw new StoreError('STORE_FULL', { store: 'test' });
      return store.save(...given);
    },
  });
  const other = await trustHub({ store: failing });
  const measured = (value: number) => [{ name: 'xinqiao_emergency_spooled_accesses', value }];
  try {
    down = true;
    const { emergencyAccess } = await begin({}, physician(), other);
    expect(await other.subgraph.measures?.()).toEqual(measured(1));
    expect(await sees(physician(), other)).toBe(true);
    expect((await other.store.countBy(emergencyAccesses, 'byReview')).size).toBe(0);
    down = false;
    await Promise.all([other.runJobs(), other.runJobs()]);
    await other.ask(SEEN, {}, physician());
    expect((await other.store.load(emergencyAccesses, emergencyAccess.id))?.data.personId).toBe('ward');
    expect(other.spool.pending('EMERGENCY')).toEqual([]);
    expect(await other.subgraph.measures?.()).toEqual(measured(0));
    expect(await sees(physician(), other)).toBe(true);
  } finally {
    await other.close();
  }
});
