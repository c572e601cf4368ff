import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { identityConflict } from './identity-conflict.ts';
import { SEXES } from './person.ts';

const known = { name: '王小明', sex: 'MALE', birthDate: '2011-03-05' } as const;

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
  [{ name: '王晓明' }, 'NAME'],
  [{ name: null }, null],
  [{ name: ' 王　小 明' }, null],
  [{ name: '王晓明', sex: 'FEMALE' as const }, 'SEX'],
])('%j against a boy of 5 March 2011: %s', (changes, expected) => {
  expect(identityConflict(known, { ...known, ...changes })).toBe(expected);
});

test.each([
  ['买买提·艾力', '买买提•艾力', null],
  ['买买提·艾力', '买买提．艾力', null],
  ['买买提·艾力', '买买提艾力', null],
  ['Ｊｏｈｎ Smith', 'john smith', null],
  ['买买提·艾力', '艾力·买买提', 'NAME'],
])('%s and %s: %s', (one, other, expected) => {
  expect(identityConflict({ ...known, name: one }, { ...known, name: other })).toBe(expected);
});

test('who is compared with whom makes no difference', () => {
  const birthDate = fc.constantFrom(null, '2011', '2011-03', '2011-03-05', '2012', '2012-01-01');
  const name = fc.constantFrom(null, '王小明', '王 小明', '李芳');
  const identity = fc.record({ name, sex: fc.constantFrom(...SEXES), birthDate });
  fc.assert(
    fc.property(identity, identity, (a, b) => {
      expect(identityConflict(a, b)).toBe(identityConflict(b, a));
    }),
  );
});
