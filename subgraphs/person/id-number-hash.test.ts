import { expect, test } from '@jest/globals';
import { idNumberHash } from './id-number-hash.ts';

const hash = idNumberHash('a pepper for tests, 32 characters');

test('the same number however written, 43 characters that do not hold it', () => {
  const expected = hash('11010519491231002X');
  expect(expected).toMatch(/^[\w-]{43}$/);
  expect([hash(' 11010519491231002x '), hash('１１０１０５１９４９１２３１００２Ｘ'), hash('110105491231002')]).toEqual(
    [expected, expected, expected],
  );
});

test('another pepper gives another hash, and what is no ID number none', () => {
  expect(idNumberHash('another pepper, also 32 characters')('11010519491231002X')).not.toBe(hash('11010519491231002X'));
  expect([hash('110105194912310021'), hash(''), hash('王小明')]).toEqual([null, null, null]);
});
