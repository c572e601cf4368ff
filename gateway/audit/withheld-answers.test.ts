import { expect, test } from '@jest/globals';
import { ANSWER, decision, NAMED, PERSON, run } from './audited.fixture.ts';

test('case 25: an answer whose basis ended before its record is not released, and a record says so', async () => {
  const { answer, order, records } = await run(PERSON, { data: ANSWER, decisions: [decision('p1')], stands: false });
  expect(order).toEqual(['executed', 'REQUEST by chain', 'looked again', 'WITHHELD by chain']);
  expect(records[1]).toMatchObject({ kind: 'WITHHELD', request: 'r-1', persons: ['p1'] });
  expect([answer.data, answer.errors[0].extensions.code]).toEqual([null, 'BASIS_ENDED']);
  expect(JSON.stringify(answer)).not.toContain('"2026"');
});

test('case 25: an answer to a token that was withdrawn meanwhile is not released, and a record says so', async () => {
  const given = { data: ANSWER, decisions: [decision('p1')], tokenWithdrawn: true };
  const { answer, order, records } = await run(PERSON, given);
  expect(order).toEqual(['executed', 'REQUEST by chain', 'WITHHELD by chain']);
  expect(records[1]).toMatchObject({ kind: 'WITHHELD', request: 'r-1', persons: ['p1'] });
  expect([answer.data, answer.errors[0].extensions.code]).toEqual([null, 'UNAUTHENTICATED']);
  const aboutNobody = await run('{ version }', { data: { version: '1' }, tokenWithdrawn: true });
  expect([aboutNobody.answer.data, aboutNobody.order]).toEqual([null, ['executed', 'REQUEST by chain']]);
});

test('where nobody can say whether it still stands, nothing goes out and the record says so', async () => {
  const { answer, order } = await run(PERSON, { data: ANSWER, decisions: [decision('p1')], stands: 'no answer' });
  expect(order).toEqual(['executed', 'REQUEST by chain', 'looked again', 'WITHHELD by chain']);
  expect(answer).toEqual({ thrown: 'Error: no answer' });
});

test('where it cannot be asked at the moment, that is said with its code', async () => {
  const { answer, order } = await run(PERSON, { data: ANSWER, decisions: [decision('p1')], stands: 'nobody there' });
  expect(order).toEqual(['executed', 'REQUEST by chain', 'looked again', 'WITHHELD by chain']);
  expect([answer.data, answer.errors[0].extensions]).toEqual([
    null,
    { code: 'SOURCE_UNAVAILABLE', department: 'person' },
  ]);
  expect(answer.errors[0].message).toMatch(/幂等键重试.*idempotency key/);
});

test.each([
  ['a category', ANSWER, decision('p1', { standings: {} })],
  ['the person', NAMED, decision('p1', { visible: false, standings: {} })],
])(
  'case 25: %s lost between two reads of one request: nothing goes out, and the record shows nothing',
  async (_, data, later) => {
    const { answer, order, record } = await run(PERSON, {
      data,
      decisions: [decision('p1')],
      laterDecisions: [later],
    });
    expect([answer.data, answer.errors[0].extensions.code]).toEqual([null, 'BASIS_ENDED']);
    expect(record).toMatchObject({ outcome: 'REFUSED', codes: ['BASIS_ENDED'], persons: [{ shown: {} }], others: [] });
    expect(order).toEqual(['executed', 'REQUEST by chain']);
  },
);

test('of a person of whom something was shown all is looked at again, of another nothing: what shows no category rests on some', async () => {
  const { answer, relied } = await run(PERSON, { data: NAMED, decisions: [decision('p1'), decision('p2')] });
  expect(relied).toEqual([decision('p1')]);
  expect(answer.data).toEqual({ person: { name: 'n', health: null } });
});

test('a change stays made, its own record is moved on, and its answer alone is withheld', async () => {
  const query = 'mutation M { change(id: "p1") { health { visits { date } } } }';
  const data = { change: ANSWER.person };
  const given = { data, decisions: [decision('p1')] };
  const { order, record } = await run(query, given);
  expect(order).toEqual(['executed', 'changed', 'REQUEST by chain', 'looked again']);
  expect(record.operation).toEqual({ type: 'mutation', name: 'M', hash: query });
  const withheld = await run(query, { ...given, stands: false });
  expect([withheld.answer.data, withheld.answer.errors[0].extensions.code]).toEqual([null, 'BASIS_ENDED']);
  expect((await run(query, { ...given, logDown: true })).order).toEqual(['executed', 'changed']);
});
