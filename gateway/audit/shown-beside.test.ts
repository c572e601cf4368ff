import { expect, test } from '@jest/globals';
import { ANSWER, decision, run } from './audited.fixture.ts';

const CONSENTS = '{ consents(id: "p1") { status } version }';
const data = { consents: [{ status: 'ACTIVE' }], version: '1' };
const beside = ['Query.consents'];
const matter = decision('p1', { by: 'matter', visible: false, standings: {}, beside });

test.each([
  ['a person who was decided about', decision('p1', { beside })],
  ['a matter, where nothing was decided', matter],
  ['a referral whose person the party does not see yet', decision('p1', { visible: false, standings: {}, beside })],
])('of %s what stands outside Person is recorded as shown, by its own root field alone', async (_, made) => {
  const { record, answer, relied } = await run(CONSENTS, { data, decisions: [made, decision('p2')] });
  expect(record.persons.map(({ id, coordinates }) => [id, record.coordinates[coordinates ?? -1] ?? null])).toEqual([
    ['p1', ['Consent.status', 'Query.consents']],
    ['p2', null],
  ]);
  expect(record.outcome).toBe('ANSWERED');
  expect(answer).toEqual({ data });
  // Whoever made the decision is asked again; of a matter it has nothing to say but yes.
  expect(relied).toEqual([made]);
});

test('case 25: the own view of a guardian who was suspended in flight is not released, and a record says so', async () => {
  const { answer, order, records } = await run(CONSENTS, {
    data,
    decisions: [decision('p1', { beside })],
    stands: false,
  });
  expect(order).toEqual(['executed', 'REQUEST by chain', 'looked again', 'WITHHELD by chain']);
  expect(records[1]).toMatchObject({ kind: 'WITHHELD', persons: ['p1'] });
  expect([answer.data, answer.errors[0].extensions.code]).toEqual([null, 'BASIS_ENDED']);
});

test('an empty list is a value, an answer that is null is none', async () => {
  const made = { decisions: [decision('p1', { beside })] };
  const none = await run(CONSENTS, { data: { consents: [], version: '1' }, ...made });
  expect(none.record.coordinates).toEqual([['Query.consents']]);
  const nothing = await run(CONSENTS, { data: { consents: null, version: '1' }, ...made });
  expect([nothing.record.persons[0]?.coordinates, nothing.relied]).toEqual([null, []]);
});

test('a person inside of what stands beside has the record of their own; what is beside and what is of the person are one', async () => {
  const query = '{ consents(id: "p1") { status person { name } } person(id: "p1") { health { visits { date } } } }';
  const { record } = await run(query, {
    data: { consents: [{ status: 'ACTIVE', person: { xinqiao_person: 'p2', name: 'n' } }], person: ANSWER.person },
    decisions: [decision('p1', { beside }), decision('p2')],
  });
  expect(record.persons.map(({ coordinates }) => record.coordinates[coordinates ?? -1])).toEqual([
    ['Consent.person', 'Consent.status', 'Health.visits', 'Person.health', 'Query.consents', 'Visit.date'],
    ['Person.name'],
  ]);
});

test('a subgraph that cannot say under which root field has all that is about nobody', async () => {
  const { record } = await run(CONSENTS, { data, decisions: [{ ...matter, beside: ['*'] }] });
  expect(record.coordinates).toEqual([['Consent.status', 'Query.consents', 'Query.version']]);
});

test('that a report is among it stands in the record, for the own log to keep its source', async () => {
  const { record } = await run(CONSENTS, { data, decisions: [{ ...matter, ofReport: true }, decision('p2')] });
  expect(record.persons.map(({ ofReport }) => ofReport)).toEqual([true, undefined]);
});
