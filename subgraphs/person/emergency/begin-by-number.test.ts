import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { idNumberHash } from '../id-number-hash.ts';
import { idNumber, link, OTHER_DISTRICT } from '../person-fixtures.ts';
import { staff, trustHub } from '../trust.fixture.ts';
import { emergencyAccesses } from './emergency-access.ts';

const BEGIN = `mutation ($input: BeginEmergencyAccessInput!) {
  beginEmergencyAccess(input: $input) { emergencyAccess { id } person { id } userErrors { code path } }
}`;
const REASON = '急诊：服药过量，意识不清，须核对正在服用的药物';
const physician = staff({ subject: 'physician', division: OTHER_DISTRICT }, 'CRISIS_RESPONSE');

let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub();
  const hash = idNumberHash('a pepper for tests, 32 characters');
  await hub.saveLike('known', { idHash: hash(idNumber()), links: [link({ localId: 'H-9' })] });
});
afterEach(() => hub.close());

const begin = async (changes: object, as = physician) => {
  const { data, codes, decisions } = await hub.ask(
    BEGIN,
    { input: { idempotencyKey: 'k', reason: REASON, ...changes } },
    as,
  );
  return { ...data.beginEmergencyAccess, codes, decisions };
};

test('by ID number the person opens, and the record says that it was by the number', async () => {
  const { person, decisions } = await begin({ idNumber: idNumber() });
  expect(person).toEqual({ id: 'known' });
  expect(decisions).toMatchObject([{ personId: 'known', by: 'idNumber', visible: true, crossesJurisdiction: true }]);
});

test('a number that leads to nobody is refused, and noted', async () => {
  const { userErrors, decisions } = await begin({ idNumber: idNumber('1999-09-09') });
  expect(userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'idNumber'] }]);
  expect(decisions).toMatchObject([{ personId: null, by: 'idNumber', visible: false }]);
});

const UNKNOWN = idNumber('1999-09-09');
const crisis = (changes: object) =>
  staff({ subject: 'physician', division: OTHER_DISTRICT, ...changes }, 'CRISIS_RESPONSE');
test.each([
  ['a reason that says nothing', { reason: 'x' }, physician, 'INVALID', 'reason'],
  ['no key', { idempotencyKey: ' ' }, physician, 'INVALID', 'idempotencyKey'],
  ['another purpose', {}, staff({ subject: 'physician' }, 'CARE'), 'NOT_FOUND', 'idNumber'],
  ['a purpose that the token does not allow', {}, crisis({ purposes: ['CARE'] }), 'NOT_FOUND', 'idNumber'],
  ['no scope', {}, crisis({ scopes: [] }), 'NOT_FOUND', 'idNumber'],
  ['no jurisdiction', {}, crisis({ division: null }), 'NOT_FOUND', 'idNumber'],
  ['a person’s own token', {}, crisis({ personId: 'mother', department: null }), 'NOT_FOUND', 'idNumber'],
  ['a key that was used for another person', { idempotencyKey: 'used' }, physician, 'KEY_REUSED', 'idempotencyKey'],
] as const)('what opens nothing tells nothing of a number: %s', async (_, changes, as, code, field) => {
  if (code === 'KEY_REUSED') await begin({ personId: 'adult', idempotencyKey: 'used' });
  // More than a minute's matches: what is refused before the look-up does not use them up.
  const numbers = [idNumber(), UNKNOWN, idNumber('1950-01-01')];
  const tries = code === 'KEY_REUSED' ? numbers : [...numbers, ...numbers];
  for (const number of tries) {
    const { userErrors, codes, person, decisions } = await begin({ idNumber: number, ...changes }, as);
    expect([number, person, userErrors, codes]).toEqual([number, null, [{ code, path: ['input', field] }], []]);
    // Somebody tried a number: that stands in the record; whose it is, only where it was looked up.
    expect(decisions).toHaveLength(1);
    expect(decisions[0]).toMatchObject({ by: 'idNumber', visible: false });
    if (code !== 'KEY_REUSED') expect(decisions[0]?.personId).toBeNull();
  }
});

test.each([
  ['that opens', {}, physician],
  ['for another purpose', {}, staff({}, 'CARE')],
  ['without a reason', { reason: 'x' }, physician],
] as const)('what is no ID number is refused for its form alone, in an attempt %s', async (_, changes, as) => {
  for (const idNumberGiven of ['12345', '', UNKNOWN.replace(/.$/, (last) => (last === '0' ? '1' : '0'))]) {
    const input = { idempotencyKey: 'k', reason: REASON, idNumber: idNumberGiven, ...changes };
    const { data, codes, decisions } = await hub.ask(BEGIN, { input }, as);
    expect([data, codes, decisions]).toEqual([null, ['BAD_USER_INPUT'], []]);
  }
});

test('id and number together are refused', async () => {
  const { userErrors } = await begin({ personId: 'known', idNumber: idNumber() });
  expect(userErrors).toEqual([{ code: 'INVALID', path: ['input', 'personId'] }]);
});

test('numbers are limited as matching is', async () => {
  for (let n = 0; n < 5; n += 1) expect((await begin({ idNumber: idNumber('1999-09-09') })).codes).toEqual([]);
  expect((await begin({ idNumber: idNumber() })).codes).toEqual(['LIMIT_EXCEEDED']);
  expect((await begin({ personId: 'known' })).userErrors).toEqual([]);
});

test.each([
  ['a person’s own token', staff({ personId: 'mother', department: null }, 'CRISIS_RESPONSE')],
  ['no jurisdiction', staff({ division: null }, 'CRISIS_RESPONSE')],
  ['no scope', staff({ scopes: [] }, 'CRISIS_RESPONSE')],
  ['another purpose', staff({}, 'CARE')],
  ['a purpose that the token does not allow', staff({ purposes: ['CARE'] }, 'CRISIS_RESPONSE')],
])('nothing opens with %s', async (_, as) => {
  expect((await begin({ personId: 'adult' }, as)).userErrors[0].code).toBe('NOT_FOUND');
  expect((await hub.store.countBy(emergencyAccesses, 'byReview')).size).toBe(0);
});

test('the queue comes in the order of time, in pages', async () => {
  for (const [n, personId] of ['ward', 'adult', 'known'].entries()) {
    hub.clock.now += 1;
    await begin({ personId, idempotencyKey: `k${n}` });
  }
  const reviewer = staff({ subject: 'auditor-1', department: null }, 'AUDIT');
  const query = `query ($after: String) { emergencyReviews(first: 2, after: $after) {
    edges { node { personId } } pageInfo { hasNextPage endCursor } } }`;
  const page = async (after: string | null) => (await hub.ask(query, { after }, reviewer)).data.emergencyReviews;
  const first = await page(null);
  const second = await page(first.pageInfo.endCursor);
  const order = [...first.edges, ...second.edges].map(({ node }: { node: { personId: string } }) => node.personId);
  expect(order).toEqual(['ward', 'adult', 'known']);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
});
