import { expect, test } from '@jest/globals';
import { onceEach } from './once-each.ts';

test('the first of each key comes, in order; what has no key comes always', () => {
  const items = ['b1', '-', 'a1', 'b2', '-', 'a1'];
  expect(onceEach(items, (item) => (item === '-' ? null : item.charAt(0)))).toEqual(['b1', '-', 'a1', '-']);
});

test('without a key equal rows are one', () => {
  expect(onceEach([{ n: 1 }, { n: 2 }, { n: 1 }])).toEqual([{ n: 1 }, { n: 2 }]);
});
