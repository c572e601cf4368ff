import { expect, test } from '@jest/globals';
import { sexFromGb2261, sexFromText } from './sex.ts';

test.each([
  ['0', 'UNKNOWN'],
  [1, 'MALE'],
  ['２', 'FEMALE'],
  ['9', 'UNSTATED'],
  ['3', 'UNKNOWN'],
  ['', 'UNKNOWN'],
  ['toString', 'UNKNOWN'],
  [null, 'UNKNOWN'],
])('GB/T 2261.1 code %j is %s', (code, sex) => {
  expect(sexFromGb2261(code)).toBe(sex);
});

test.each([
  [' 男 ', 'MALE'],
  ['女性', 'FEMALE'],
  ['1', 'MALE'],
  ['未说明', 'UNSTATED'],
  ['constructor', 'UNKNOWN'],
  [undefined, 'UNKNOWN'],
])('the word %j is %s', (word, sex) => {
  expect(sexFromText(word)).toBe(sex);
});
