import { expect, test } from '@jest/globals';
import { buildSchema, NoUnusedFragmentsRule, parse, specifiedRules, validate } from 'graphql';
import * as demo from '../../e2e/demo/queries.ts';
import { documentLimits } from './document-limits.ts';
import { LIMITS } from './limits.ts';
import { repetitions } from './repetitions.ts';

const many = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join(' ');

test.each([
  [0, '{ a b { a c } }'],
  [0, '{ x: a y: a }'],
  [3, '{ a a a }'],
  [1, '{ x: a x: b }'],
  [6, '{ a a ... { a ... { a } } }'],
  [1 + 6, '{ a { b b } a { b b } }'],
  [1 + 1, '{ a { b } ...F } fragment F on Q { a { b } }'],
  [0, '{ ...F ...F } fragment F on Q { a }'],
  [2, '{ ...F ...G } fragment F on Q { a } fragment G on Q { a }'],
  [1, '{ a } fragment F on Q { b b }'],
  [0, '{ ...F } fragment F on Q { a { ...F } }'],
  [3, '{ ...F } fragment F on Q { ...G } fragment G on Q { ...F }'],
  [0, 'query A { a } query B { a }'],
])('%i in %s', (pairs, query) => {
  // Two spreads in one place are a pair of their own, and what is counted in a fragment may be counted where it merges.
  expect(repetitions(parse(query))).toBe(pairs);
});

const PERSON = buildSchema('type Query { me: P } type P { id: ID me: P }');
const RULES = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);

test.each([
  ['one object over and over', `{ me { ${'me { me { id } } '.repeat(270)} } }`],
  ['the same in pairs of levels', `{ ${many(20, () => `me { ${'me { id } '.repeat(20)} }`)} }`],
  ['in a fragment that nothing uses', `{ me { id } } fragment F on P { ${'me { me { id } } '.repeat(270)} }`],
  [
    'one field in a hundred fragments',
    `{ me { ${many(140, (i) => `...F${i}`)} } } ${many(140, (i) => `fragment F${i} on P { id }`)}`,
  ],
])('what validation would compare for long does not come to it: %s', (_, query) => {
  const document = parse(query);
  expect(documentLimits(document).map(({ extensions }) => extensions.limit)).toEqual(['repetitions']);
  const started = performance.now();
  repetitions(document);
  // It takes 1 ms.
  expect(performance.now() - started).toBeLessThan(500);
  expect(validate(PERSON, document, RULES)).toEqual([]);
});

test('circles that go round together and apart are not followed to their end', () => {
  const circle = (length: number) =>
    many(length, (i) => `fragment C${length}_${i} on P { me { ...C${length}_${(i + 1) % length} } }`);
  const lengths = [2, 3, 5, 7, 11, 13, 17];
  const document = parse(
    `{ ${lengths.map((length) => `...C${length}_0`).join(' ')} } ${lengths.map(circle).join(' ')}`,
  );
  expect(repetitions(document)).toBe(Infinity);
});

test('operations as they are asked stay far below', () => {
  const queries = Object.values(demo).filter((one) => typeof one === 'string' && one.includes('{'));
  expect(queries.length).toBeGreaterThan(10);
  for (const query of queries) expect(repetitions(parse(query as string))).toBeLessThan(LIMITS.repetitions / 100);
});
