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
