import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildSchema, isObjectType } from 'graphql';
import { costDirectives } from './cost-directives.ts';

test('a supergraph that says nothing of costs', () => {
  const { weights, listSizes } = costDirectives('type Query { a: Int } enum E { B } union U = Query scalar S');
  expect([weights.size, listSizes.size]).toEqual([0, 0]);
});

test('weights by coordinate, negative ones as nothing, text as IBM writes them', () => {
  const { weights } = costDirectives(`
    type Query @cost(weight: 2) { a(b: Int @cost(weight: 3)): Int @cost(weight: -4) }
    input I { f: Int @cost(weight: "5.5") } scalar S @cost(weight: 6) enum E @cost(weight: 7) { X }
  `);
  expect(Object.fromEntries(weights)).toEqual({
    Query: 2,
    'Query.a(b:)': 3,
    'Query.a': 0,
    'I.f': 5.5,
    S: 6,
    E: 7,
  });
});

test('under the names by which the link imports them', () => {
  const { weights, listSizes } = costDirectives(`
    schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: [{ name: "@cost", as: "@price" }, "@listSize"]) { query: Query }
    type Query { a: [Int] @price(weight: 3) @cost(weight: 9) @listSize(assumedSize: 4) }
  `);
  expect([...weights]).toEqual([['Query.a', 3]]);
  expect([...listSizes.keys()]).toEqual(['Query.a']);
});

test('one slicing argument is required unless the schema says otherwise, and never by @slicedBy', () => {
  const { listSizes } = costDirectives(`type Query {
    a(first: Int): [Int] @listSize(slicingArguments: ["first"])
    b(first: Int): [Int] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
    c(ids: [ID]): [Int] @listSize(assumedSize: 4) @slicedBy(arguments: ["ids"])
    d(ids: [ID]): [Int] @slicedBy(arguments: ["ids"])
  }`);
  const required = [...listSizes].map(([coordinate, size]) => [coordinate, size.requireOneSlicingArgument]);
  expect(required).toEqual([
    ['Query.a', true],
    ['Query.b', false],
    ['Query.c', false],
    ['Query.d', false],
  ]);
  expect(listSizes.get('Query.c')).toMatchObject({ assumedSize: 4, slicingArguments: ['ids'] });
});

test('every field of the hub that takes a page size or ids says that they are how long its list is', () => {
  const generated = (file: string) => readFileSync(new URL(`../../schema/generated/${file}`, import.meta.url), 'utf8');
  const { listSizes } = costDirectives(generated('supergraph.graphql'));
  const sliced = Object.values(buildSchema(generated('api.graphql')).getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap(({ name, args }) =>
        args
          .filter((argument) => ['first', 'last', 'ids'].includes(argument.name))
          .map((argument) => [`${type.name}.${name}`, argument.name] as const),
      ),
    );
  expect(sliced.length).toBeGreaterThan(12);
  for (const [coordinate, argument] of sliced)
    expect([coordinate, listSizes.get(coordinate)?.slicingArguments]).toEqual([coordinate, [argument]]);
});
