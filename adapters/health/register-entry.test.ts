import { expect, test } from '@jest/globals';
import { registerEntry } from './register-entry.ts';

const national = (value: string, code = 'NNCHN') => ({ type: { coding: [{ code }] }, value });
const mrn = { type: { coding: [{ code: 'MR' }] }, value: '11010519491231002X' };

test('a patient becomes a line of the register', () => {
  const line = registerEntry.parse({
    id: 'pat-1',
    identifier: [mrn, national('１１０１０５１９４９１２３１００２ｘ')],
    name: [
      { use: 'nickname', text: '小王' },
      { use: 'official', text: '王\u3000敏' },
    ],
    gender: 'female',
    birthDate: '1949-12',
    address: [
      {
        extension: [
          { url: 'https://emr.health.example/fhir/StructureDefinition/division-code', valueCode: '390106001003' },
        ],
      },
    ],
  });
  expect(line).toEqual({
    localId: 'pat-1',
    idNumber: '11010519491231002X',
    name: '王 敏',
    sex: 'FEMALE',
    birthDate: '1949-12',
    division: '390106001003',
  });
});

test.each([
  [[mrn], null],
  [[national('110105194912310021')], null],
  [[national('110105491231002', 'NI')], '11010519491231002X'],
])('of the identifiers %j the ID number is %s', (identifier, idNumber) => {
  expect(registerEntry.parse({ id: 'pat-1', identifier }).idNumber).toBe(idNumber);
});

test('a record that was merged into another is a line of the survivor: a second claim to its number', () => {
  const link = [{ other: { reference: 'Patient/pat-1' }, type: 'replaced-by' }];
  expect(registerEntry.parse({ id: 'pat-1-merged', link }).localId).toBe('pat-1');
  expect(registerEntry.parse({ id: 'pat-2', link: [{ ...link[0], type: 'seealso' }] }).localId).toBe('pat-2');
});

test.each([
  ['male', 'MALE'],
  ['other', 'UNSTATED'],
  ['__proto__', 'UNKNOWN'],
  [undefined, 'UNKNOWN'],
])('gender %s is %s', (gender, sex) => {
  expect(registerEntry.parse({ id: 'pat-1', gender }).sex).toBe(sex);
});

test('family and given names make a name where no whole one stands', () => {
  expect(registerEntry.parse({ id: 'pat-1', name: [{ family: '王', given: ['敏'] }] }).name).toBe('王敏');
});
