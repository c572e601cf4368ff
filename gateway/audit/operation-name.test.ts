import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { operationName } from './operation-name.ts';

test.each([
  ['CareProfile', 'CareProfile'],
  ['Q1_page_2', 'Q1_page_2'],
  ['Top10000', 'Top10000'],
  ['of11010519491231002X', 'of#'],
  ['of_110105_19491231_002x_again', 'of_#_again'],
  ['of1101051949123100Xavier', 'of#Xavier'],
  ['tel13800138000', 'tel#'],
  ['a123456b654321', 'a#b#'],
])('12345678 and the like stand in no record: %s → %s', (given, recorded) => {
  expect(operationName(given)).toBe(recorded);
});

test('whatever the name, no six digits in a row are left', () => {
  const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,300}$/);
  fc.assert(
    fc.property(names, (name) => !/\d(_*\d){5}/.test(operationName(name)) && operationName(name).length <= 200),
  );
});
