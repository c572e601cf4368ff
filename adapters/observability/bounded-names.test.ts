import { expect, test } from '@jest/globals';
import { boundedNames } from './bounded-names.ts';

test('a name of the usual kind stands as it is, and none is anonymous', () => {
  const named = boundedNames();
  expect([named('ProfileOf', 'a'), named(null, 'a'), named('ProfileOf', 'b')]).toEqual([
    'ProfileOf',
    'anonymous',
    'ProfileOf',
  ]);
});

test.each([
  ['of11010519491231002X'],
  ['born_2011_03_04'],
  ['tel13800138000'],
  ['a'.repeat(61)],
  ['姓名'],
  ['a b'],
  ['a"}\nforged 1'],
  [''],
])('case 66: %j could say more than the name of an operation: other', (name) => {
  expect(boundedNames()(name, 'a')).toBe('other');
});

test('one client takes no more than its share of the names, and leaves the others theirs', () => {
  const named = boundedNames({ most: 5, mostOfClient: 2 });
  const labels = ['A', 'B', 'C', 'D'].map((name) => named(name, 'flooding'));
  expect(labels).toEqual(['A', 'B', 'other', 'other']);
  expect([named('Mine', 'other-client'), named('A', 'other-client')]).toEqual(['Mine', 'A']);
});

test('all clients together take no more than there may be', () => {
  const named = boundedNames({ most: 3 });
  const labels = new Set(Array.from({ length: 50 }, (_, i) => named(`Name${i}`, `client-${i}`)));
  expect(labels).toEqual(new Set(['Name0', 'Name1', 'Name2', 'other']));
});
