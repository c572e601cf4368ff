import { expect, test } from '@jest/globals';
import { execution } from './execution.ts';
import { BENCH_SUBGRAPHS } from './bench-subgraphs.ts';

const of = (name: string) => execution(BENCH_SUBGRAPHS.find((one) => one.name === name) ?? { roots: {} });

test.each([
  ['a field', 'person', '{ person(id: "p-1") { id } }', { person: { id: 'p-1' } }],
  ['nobody', 'person', '{ person(id: "x") { id } }', { person: null }],
  ['a list', 'person', '{ persons(ids: ["p-2", "x"]) { id } }', { persons: [{ id: 'p-2' }, null] }],
  ['aliases', 'person', '{ a: person(id: "p-1") { b: id } }', { a: { b: 'p-1' } }],
  ['a fragment', 'person', '{ person(id: "p-1") { ...f } } fragment f on Person { id }', { person: { id: 'p-1' } }],
  [
    'the type',
    'person',
    '{ __typename person(id: "p-1") { __typename } }',
    { __typename: 'Query', person: { __typename: 'Person' } },
  ],
  [
    'a list within an entity',
    'justice',
    '{ _entities(representations: [{ __typename: "Person", id: "p-1" }]) { ... on Person { justice { legalAid { lawyer { firm } } } } } }',
    {
      _entities: [
        { justice: { legalAid: [{ lawyer: { firm: '法律援助中心 1 legal aid centre' } }, { lawyer: null }] } },
      ],
    },
  ],
])('%s is answered, as text and as objects', (_, subgraph, query, data) => {
  const { text, data: objects } = of(subgraph);
  expect(JSON.parse(text({ query }, { decisions: false }))).toEqual({ data });
  expect(objects({ query })).toEqual(data);
});

test('variables are those of this request, though query and person are known', () => {
  const { text } = of('person');
  const query = 'query($id: ID!) { person(id: $id) { id } }';
  for (const id of ['p-1', 'p-2', 'p-1'])
    expect(text({ query, variables: { id } }, { decisions: false })).toBe(`{"data":{"person":{"id":"${id}"}}}`);
});

test('a hub that wants to know is told of each person what was decided', () => {
  const answer = JSON.parse(of('person').text({ query: '{ persons(ids: ["p-1", "x"]) { id } }' }, { decisions: true }));
  expect(answer.extensions.decisions).toEqual([expect.objectContaining({ personId: 'p-1', by: 'id', visible: true })]);
});

test('what no plan has is refused: a directive, an unknown field', () => {
  expect(() => of('person').text({ query: '{ nothing }' }, { decisions: false })).toThrow('nothing');
  expect(() =>
    of('person').text({ query: '{ person(id: "p-1") { id @skip(if: true) } }' }, { decisions: false }),
  ).toThrow('directive');
});
