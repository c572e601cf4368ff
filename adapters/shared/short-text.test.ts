import { expect, test } from '@jest/globals';
import { isLocalId } from './short-text.ts';

test.each(['A1', 'fl.2014.000017', '京-1', 'a b', '<b>', '__proto__', 'x'.repeat(64)])('%j may be an id', (id) => {
  expect(isLocalId(id)).toBe(true);
});

test.each([
  '',
  ' ',
  ' A1',
  'A1\n',
  'A\n1',
  'A\u30001',
  'A\u200b1',
  'A\u202e1',
  'A\u0000',
  'A\ud800',
  '\u{e0041}',
  'x'.repeat(65),
])('case 57: %j is nobody’s id', (id) => {
  expect(isLocalId(id)).toBe(false);
});
