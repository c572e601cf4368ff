import { expect, test } from '@jest/globals';
import { looseField, meaningOf } from './loose-field.ts';

test.each([
  ['text', ' ３A\u3000', '3A'],
  ['text', 7, '7'],
  ['optionalText', '', null],
  ['optionalText', undefined, null],
  ['date', '2023/1/5', '2023-01-05'],
  ['date', 20230105, '2023-01-05'],
  ['date', '2023', '2023'],
  ['date', '2023年5月', '2023-05'],
  ['date', '2023/5', '2023-05'],
  ['date', 2023.1, null],
  ['date', undefined, null],
  ['date', '待定', null],
  ['count', '１２', 12],
  ['count', '-1', null],
  ['count', 1.5, null],
] as const)('as %s %j is read as %j', (field, written, read) => {
  expect(looseField[field].parse(written)).toBe(read);
});

test('a text that must be there is refused when it is not', () => {
  for (const written of ['', '\u3000', null, undefined, {}]) {
    expect(looseField.text.safeParse(written).success).toBe(false);
  }
});

test.each(['text', 'optionalText', 'date', 'count'] as const)('as %s a text longer than any is refused', (field) => {
  expect(looseField[field].safeParse('1'.repeat(1_001)).success).toBe(false);
});

test('a code outside the set means OTHER, a name of the language too', () => {
  const set = { '1': 'OPEN' } as const;
  expect(['1', '2', '__proto__', 'constructor', null].map((code) => meaningOf(set, code))).toEqual([
    'OPEN',
    ...Array.from({ length: 4 }, () => 'OTHER'),
  ]);
});
