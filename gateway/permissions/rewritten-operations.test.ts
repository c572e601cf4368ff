import { expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { rewrittenOperations } from './rewritten-operations.ts';

const schema = buildSchema('type Query { a: A } type A { a: A  n: Int }');
const table: PermissionTable = new Map(
  ['Query.a', 'A.a', 'A.n'].map((coordinate) => [coordinate, { classification: 'HUB', scopes: [['s'], ['t', 'u']] }]),
);
const operationOf = (text: string, operationName: string | null = null) => ({
  document: parse(text),
  queryHash: text,
  operationName,
});

test('rewritten once for each set of scopes that the table knows, whatever their order', () => {
  const rewritten = rewrittenOperations({ schema, table });
  const operation = operationOf('{ a { n } }');
  const first = rewritten(operation, ['s', 't']);
  expect(rewritten(operation, ['t', 'of no field', 's'])).toBe(first);
  expect(first.forbidden).toEqual([]);
  expect(rewritten(operation, ['t'])).not.toBe(first);
  expect(rewritten(operation, ['t']).coordinates).toEqual(['Query.a']);
  expect(rewritten(operation, ['u', 't']).coordinates).toEqual([]);
});

test('each operation of a document for itself', () => {
  const rewritten = rewrittenOperations({ schema, table });
  const text = 'query A { a { n } } query B { a { a { n } } }';
  const keys = ['A', 'B'].map((name) => rewritten(operationOf(text, name), ['s']).key);
  expect(new Set(keys).size).toBe(2);
});

test('what another operation of the document asks for is not taken for asked', () => {
  const one: PermissionTable = new Map(
    [...table].map(([name, row]) => [name, name === 'A.n' ? row : { ...row, scopes: [] }]),
  );
  const rewritten = rewrittenOperations({ schema, table: one });
  const text = 'query A { a { a { __typename } } } query B { a { ...F } } fragment F on A { n }';
  const of = (name: string) => rewritten(operationOf(text, name), []);
  expect([of('A').coordinates, of('A').forbidden]).toEqual([[], []]);
  expect(of('B').coordinates).toEqual(['A.n']);
});

test.each([
  ['short ones', 1_200, (i: number) => `{ a${i}: a { n } }`],
  [
    'short ones of which fragments make much',
    20,
    (i: number) =>
      `{ a${i}: a { ...F1 } } ${Array.from({ length: 10 }, (_, n) => `fragment F${n + 1} on A { a { ...F${n + 2} } b: a { ...F${n + 2} } }`).join(' ')} fragment F11 on A { n }`,
  ],
])('not all of very many are kept: %s', (_, count, textOf) => {
  const rewritten = rewrittenOperations({ schema, table }, { maxCharacters: 200_000 });
  const [first, last] = [operationOf(textOf(0)), operationOf(textOf(count - 1))];
  const before = rewritten(first, ['s']);
  for (let i = 1; i < count - 1; i += 1) rewritten(operationOf(textOf(i)), ['s']);
  const kept = rewritten(last, ['s']);
  expect(rewritten(last, ['s'])).toBe(kept);
  expect(rewritten(first, ['s'])).not.toBe(before);
});
