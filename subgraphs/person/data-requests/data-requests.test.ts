import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { own, staff, trustHub } from '../trust.fixture.ts';
import { dataRequests } from './data-request.ts';

let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub();
});
afterEach(() => hub.close());

const FIELDS = 'dataRequest { id kind department dueAt overdue outcome answer text } userErrors { code path }';
const request = async (
  move: 'requestCopy' | 'requestCorrection' | 'requestDeletion',
  changes: object = {},
  as = own('ward'),
) => {
  const input = { idempotencyKey: 'k1', department: 'HEALTH', text: '我要一份', ...changes };
  const { data } = await hub.ask(
    `mutation ($input: DataRequestInput!) { ${move}(input: $input) { ${FIELDS} } }`,
    { input },
    as,
  );
  return data[move];
};
const answer = async (dataRequestId: string, changes: object = {}, as = staff()) => {
  const input = { dataRequestId, outcome: 'DONE', text: '请到窗口领取', ...changes };
  const { data } = await hub.ask(
    `mutation ($input: AnswerDataRequestInput!) { answerDataRequest(input: $input) { ${FIELDS} } }`,
    { input },
    as,
  );
  return data.answerDataRequest;
};
const open = async (as = staff()) =>
  (await hub.ask('{ dataRequests { edges { node { id text localIds } } } }', {}, as)).data.dataRequests.edges.map(
    ({ node }: { node: object }) => node,
  );
const mine = async (as = own('ward')) =>
  (await hub.ask('{ myDataRequests { outcome answer overdue } }', {}, as)).data.myDataRequests;
const auditor = staff({ subject: 'dpo', client: 'auditor', department: null, roles: ['auditor'] }, 'AUDIT');

test('it goes to the owning department with a clock, and the answer comes back to the person', async () => {
  const { dataRequest, userErrors } = await request('requestCopy');
  expect(userErrors).toEqual([]);
  expect(Date.parse(dataRequest.dueAt) - hub.clock.now).toBe(30 * 86_400_000);
  expect(await open()).toEqual([{ id: dataRequest.id, text: '我要一份', localIds: ['H-1'] }]);
  expect(await open(staff({ department: 'UNION' }))).toEqual([]);
  hub.clock.now += 31 * 86_400_000;
  expect(await mine()).toEqual([{ outcome: null, answer: null, overdue: true }]);
  expect((await answer(dataRequest.id)).userErrors).toEqual([]);
  expect(await mine()).toEqual([{ outcome: 'DONE', answer: '请到窗口领取', overdue: false }]);
  expect(await open()).toEqual([]);
  expect((await answer(dataRequest.id)).userErrors[0].code).toBe('ALREADY_DECIDED');
});

test('it says nothing about whether the department knows the person', async () => {
  const known = await request('requestCopy');
  const unknown = await request('requestCopy', { department: 'UNION', idempotencyKey: 'k2' });
  expect({ ...unknown.dataRequest, id: '', department: '' }).toEqual({ ...known.dataRequest, id: '', department: '' });
});

test('by the person or the guardian alone; its words do not lie in the store as they are', async () => {
  expect((await request('requestDeletion', { personId: 'ward' }, own('mother'))).userErrors).toEqual([]);
  for (const as of [own('adult'), staff()])
    expect((await request('requestCopy', { personId: 'ward' }, as)).userErrors[0].code).toBe('NOT_FOUND');
  const { items } = await hub.store.page(dataRequests, { index: 'byPerson', value: 'ward', first: 9 });
  expect(items).toHaveLength(1);
  expect(JSON.stringify(items)).not.toContain('我要一份');
});

test.each([
  ['a category of another department', 'requestCopy', { categories: ['union:hardship-aid'] }, 'UNKNOWN_CATEGORY'],
  ['a correction without words', 'requestCorrection', { text: ' ' }, 'INVALID'],
] as const)('refused: %s', async (_, move, changes, code) => {
  expect((await request(move, changes)).userErrors[0].code).toBe(code);
});

test('case 57: what hides or turns around is refused in the words of a request and of its answer', async () => {
  for (const hidden of ['\u202e', '\u200f', '\u0000', '\ud800']) {
    const text = `我要${hidden}一份`;
    expect((await request('requestCopy', { text })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'text'] }]);
  }
  const { dataRequest } = await request('requestCopy', { text: '第一行\n第二行' });
  expect((await answer(dataRequest.id, { text: '请\u202e领取' })).userErrors[0].code).toBe('INVALID');
});

test('the same key is the same request, another matter under it is refused', async () => {
  const first = await request('requestCopy');
  expect((await request('requestCopy')).dataRequest.id).toBe(first.dataRequest.id);
  expect((await request('requestDeletion')).userErrors[0].code).toBe('KEY_REUSED');
});

test('the same key with other words is refused: it would be lost', async () => {
  const first = await request('requestCorrection', { text: '住址应为二号楼' });
  const other = await request('requestCorrection', { text: '住址应为三号楼' });
  expect([other.dataRequest, other.userErrors[0].code]).toEqual([null, 'KEY_REUSED']);
  const again = await request('requestCorrection', { text: ' 住址应为二号楼 ' });
  expect(again.dataRequest.id).toBe(first.dataRequest.id);
});

test('another department, another district and the person cannot answer', async () => {
  const { dataRequest } = await request('requestCopy');
  for (const as of [staff({ department: 'EDUCATION' }), staff({ division: '110101' }), own('ward')])
    expect((await answer(dataRequest.id, {}, as)).userErrors[0].code).toBe('NOT_FOUND');
});

test('deletion of what the hub itself holds destroys its texts of the person, and of nobody else', async () => {
  const copy = await request('requestCopy');
  const others = await request('requestCopy', {}, own('adult'));
  const { dataRequest } = await request('requestDeletion', { department: null, idempotencyKey: 'k2' });
  expect((await answer(dataRequest.id, {}, auditor)).dataRequest.answer).toContain('destroyed');
  const waiting = new Map((await open()).map(({ id, text }: { id: string; text: string | null }) => [id, text]));
  expect(waiting).toEqual(
    new Map([
      [copy.dataRequest.id, null],
      [others.dataRequest.id, '我要一份'],
    ]),
  );
});

test('asked again it destroys nothing that was written since; after a crash before it was done it does it then', async () => {
  const { dataRequest } = await request('requestDeletion', { department: null });
  await answer(dataRequest.id, {}, auditor);
  await request('requestCopy', { idempotencyKey: 'k2' });
  const textOf = async () => (await open())[0].text;
  expect((await answer(dataRequest.id, {}, auditor)).userErrors[0].code).toBe('ALREADY_DECIDED');
  expect(await textOf()).toBe('我要一份');

  const kept = await hub.store.load(dataRequests, dataRequest.id);
  if (kept === null || kept.data.answer === null) throw new Error('an answered request');
  expect(kept.data.answer.shreddedAt).not.toBeNull();
  const data = { ...kept.data, answer: { ...kept.data.answer, shreddedAt: null } };
  await hub.store.save(dataRequests, { id: kept.id, data, expectedVersion: kept.version });
  await answer(dataRequest.id, {}, auditor);
  expect(await textOf()).toBeNull();
});

test('a deletion that was answered and not done, since the process ended, is done by the hub itself', async () => {
  await request('requestCopy', { idempotencyKey: 'k2' });
  const { dataRequest } = await request('requestDeletion', { department: null });
  await answer(dataRequest.id, {}, auditor);
  const kept = await hub.store.load(dataRequests, dataRequest.id);
  if (kept === null || kept.data.answer === null) throw new Error('an answered request');
  const data = { ...kept.data, answer: { ...kept.data.answer, shreddedAt: null } };
  await hub.store.save(dataRequests, { id: kept.id, data, expectedVersion: kept.version });
  await request('requestCopy', { idempotencyKey: 'k3', text: '之后写的' });
  await hub.runJobs();
  expect((await open()).map(({ text }: { text: string | null }) => text)).toEqual([null, null]);
  const { items } = await hub.store.page(dataRequests, { index: 'toShred', value: 'TO_SHRED', first: 9 });
  expect(items).toEqual([]);
});

test('case 62: who deals with a request is recorded with the person, and the person is told', async () => {
  const { dataRequest } = await request('requestCopy');
  const { decisions } = await hub.ask('{ dataRequests { edges { node { id } } } }', {}, staff());
  expect(decisions).toMatchObject([{ personId: 'ward', by: 'matter', standings: {} }]);
  const both = await hub.ask('{ dataRequests { edges { node { id } } } person(id: "ward") { id } }', {}, staff());
  expect(both.decisions).toMatchObject([{ personId: 'ward', by: 'id' }]);
  expect(dataRequest.id).not.toBe('');
});

test('a cursor that is none is the mistake of who sent it, in every list of the store', async () => {
  const lists = [
    ['{ dataRequests(after: "nonsense") { edges { cursor } } }', staff()],
    ['{ myAccessLog(after: "nonsense") { edges { cursor } } }', own('ward')],
  ] as const;
  for (const [query, as] of lists) expect((await hub.ask(query, {}, as)).codes).toEqual(['BAD_USER_INPUT']);
});
