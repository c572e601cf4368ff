import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { OTHER_DISTRICT } from '../person-fixtures.ts';
import { persons } from '../person.ts';
import { own, staff, trustHub } from '../trust.fixture.ts';

let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub();
});
afterEach(() => hub.close());

const change = (name: string, type: string) =>
  `mutation ($input: ${type}!) { result: ${name}(input: $input) { userErrors { code path } } }`;
const union = staff(
  { department: 'UNION', organisation: 'union', client: 'union-system', subject: 'u-1', division: OTHER_DISTRICT },
  'CRISIS_RESPONSE',
);
const papers = [
  { by: 'SELF', evidence: 'form-1' },
  { by: 'GUARDIAN', guardianId: 'mother', relation: 'MOTHER', evidence: 'form-2' },
];
const terms = {
  recipients: [{ department: 'UNION', division: OTHER_DISTRICT }],
  categories: ['education:enrolment'],
  sensitiveCategories: [],
  purposes: ['CARE'],
};

test.each([
  ['giveConsent', 'GiveConsentInput', { idempotencyKey: 'c', terms, language: 'zh', agreements: papers }],
  ['agreeToConsent', 'AgreeToConsentInput', { consentId: 'waiting', language: 'zh', agreement: papers[0] }],
  ['withdrawConsent', 'WithdrawConsentInput', { consentId: 'waiting', by: 'SELF' }],
  ['linkPerson', 'LinkPersonInput', { localId: 'U-1', evidence: 'MANUAL' }],
  [
    'declareGuardianship',
    'DeclareGuardianshipInput',
    { guardianId: 'adult', kind: 'APPOINTED', ward: 'MINOR', evidence: 'court-7', from: '2026-01-01' },
  ],
  ['endGuardianship', 'EndGuardianshipInput', { guardianId: 'mother', to: '2026-11-20', evidence: 'court-7' }],
  ['suspendGuardianship', 'SuspendGuardianshipInput', { guardianId: 'mother', reason: 'suspect of a report' }],
  ['releaseGuardianship', 'SuspendGuardianshipInput', { guardianId: 'mother', reason: 'unfounded' }],
])('three hours of break-glass become no power that lasts: %s', async (name, type, input) => {
  const reason = '急诊：服药过量，意识不清，须核对正在服用的药物';
  const opening = { personId: 'ward', reason, idempotencyKey: 'e' };
  await hub.ask(change('beginEmergencyAccess', 'BeginEmergencyAccessInput'), { input: opening }, union);
  expect((await hub.ask('{ person(id: "ward") { id } }', {}, union)).data.person).toEqual({ id: 'ward' });
  const before = (await hub.store.load(persons, 'ward'))?.version;
  const { data } = await hub.ask(change(name, type), { input: { personId: 'ward', ...input } }, union);
  expect(data.result.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'personId'] }]);
  expect((await hub.store.load(persons, 'ward'))?.version).toBe(before);
  expect((await hub.ask('{ myWards { id } }', {}, own('adult'))).data.myWards).toEqual([]);
});

test('who registers a person may record consents and guardians of the person from then on', async () => {
  const school = staff({
    department: 'EDUCATION',
    client: 'education-system',
    organisation: 'school',
    scopes: ['person:register', 'consent:write', 'guardianship:write'],
  });
  const REGISTER = `mutation ($input: RegisterPersonInput!) { result: registerPerson(input: $input) { person { id } } }`;
  const pupil = {
    idempotencyKey: 'r',
    name: '李小明',
    birthDate: '2016-01-05',
    division: '990101',
    localId: 'E-7',
    basisReference: 'matter-7',
  };
  const personId = (await hub.ask(REGISTER, { input: pupil }, school)).data.result.person.id;
  const changes: readonly (readonly [string, string, object])[] = [
    [
      'declareGuardianship',
      'DeclareGuardianshipInput',
      { guardianId: 'mother', kind: 'PARENT', ward: 'MINOR', evidence: 'register-3', from: '2016-01-05' },
    ],
    [
      'giveConsent',
      'GiveConsentInput',
      {
        idempotencyKey: 'c',
        terms: { ...terms, sensitiveCategories: terms.categories },
        language: 'zh',
        agreements: [papers[1]],
      },
    ],
  ];
  for (const [name, type, input] of changes) {
    const { data } = await hub.ask(change(name, type), { input: { personId, ...input } }, school);
    expect([name, data.result.userErrors]).toEqual([name, []]);
  }
});
