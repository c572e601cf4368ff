import { expect, test } from '@jest/globals';
import { purposeOf } from './purpose-of.ts';

const worker = { purposes: ['CARE', 'REFERRAL'] as const };

test('the stated purpose is taken when the token allows it', () => {
  expect(purposeOf({ 'x-purpose-of-use': 'REFERRAL' }, worker)).toBe('REFERRAL');
});

test.each([undefined, '', 'care', 'CURIOSITY', 'CARE, REFERRAL', ['CARE', 'CARE'], '__proto__'])(
  'case 21: the purpose %j is none, and the answer lists those that are',
  (stated) => {
    expect(() => purposeOf({ 'x-purpose-of-use': stated }, worker)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', message: expect.stringContaining('CARE, REFERRAL') }),
    );
  },
);

test('case 21: a purpose that the token does not allow', () => {
  expect(() => purposeOf({ 'x-purpose-of-use': 'AUDIT' }, worker)).toThrow(
    'Your access token does not allow the purpose AUDIT; it allows: CARE, REFERRAL.',
  );
  expect(() => purposeOf({ 'x-purpose-of-use': 'AUDIT' }, { purposes: [] })).toThrow('it allows none');
});
