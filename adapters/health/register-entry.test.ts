import { expect, test } from '@jest/globals';
import { registerEntryOf } from './register-entry.ts';

const BASE = 'https://health.test/fhir/R4';
const national = (value: string, code = 'NNCHN') => ({ type: { coding: [{ code }] }, value });
const mrn = { type: { coding: [{ code: 'MR' }] }, value: '11010519491231002X' };

test('a patient becomes a line of the register', () => {
  const line = registerEntryOf(BASE).parse({
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
  expect(registerEntryOf(BASE).parse({ id: 'pat-1', identifier }).idNumber).toBe(idNumber);
});

test('a record that was merged into another is a line of the survivor: a second claim to its number', () => {
  const link = [{ other: { reference: 'Patient/pat-1' }, type: 'replaced-by' }];
  expect(registerEntryOf(BASE).parse({ id: 'pat-1-merged', link }).localId).toBe('pat-1');
  expect(registerEntryOf(BASE).parse({ id: 'pat-2', link: [{ ...link[0], type: 'seealso' }] }).localId).toBe('pat-2');
});

test.each(['Patient/7', 'Patient/7/_history/2', `${BASE}/Patient/7`])('%s names the survivor 7', (to) => {
  const link = [{ other: { reference: to }, type: 'replaced-by' }];
  expect(registerEntryOf(BASE).parse({ id: 'pat-1', link }).localId).toBe('7');
});

test.each(['https://elsewhere.test/fhir/R4/Patient/7', 'RelatedPerson/7', '#7', undefined])(
  'a record that was merged into %s, which names no patient here, is no line of the register',
  (to) => {
    const link = [{ other: { reference: to }, type: 'replaced-by' }];
    expect(registerEntryOf(BASE).safeParse({ id: 'pat-1', link }).success).toBe(false);
  },
);

test.each([
  ['male', 'MALE'],
  ['other', 'UNSTATED'],
  ['__proto__', 'UNKNOWN'],
  [undefined, 'UNKNOWN'],
])('gender %s is %s', (gender, sex) => {
  expect(registerEntryOf(BASE).parse({ id: 'pat-1', gender }).sex).toBe(sex);
});

test('family and given names make a name where no whole one stands', () => {
  expect(registerEntryOf(BASE).parse({ id: 'pat-1', name: [{ family: '王', given: ['敏'] }] }).name).toBe('王敏');
});
