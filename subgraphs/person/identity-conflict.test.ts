import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { identityConflict } from './identity-conflict.ts';
import { SEXES } from './person.ts';

const known = { sex: 'MALE', birthDate: '2011-03-05' } as const;

test.each([
  [{}, null],
  [{ sex: 'FEMALE' as const }, 'SEX'],
  [{ sex: 'UNKNOWN' as const }, null],
  [{ sex: 'UNSTATED' as const }, null],
  [{ birthDate: '2011' }, null],
  [{ birthDate: '2011-03' }, null],
  [{ birthDate: '2011-04' }, 'BIRTH_DATE'],
  [{ birthDate: '2011-03-06' }, 'BIRTH_DATE'],
  [{ birthDate: null }, null],
])('%j against a boy of 5 March 2011: %s', (changes, expected) => {
  expect(identityConflict(known, { ...known, ...changes })).toBe(expected);
});

test('who is compared with whom makes no difference', () => {
  const birthDate = fc.constantFrom(null, '2011', '2011-03', '2011-03-05', '2012', '2012-01-01');
  const identity = fc.record({ sex: fc.constantFrom(...SEXES), birthDate });
  fc.assert(
    fc.property(identity, identity, (a, b) => {
      expect(identityConflict(a, b)).toBe(identityConflict(b, a));
    }),
  );
});
