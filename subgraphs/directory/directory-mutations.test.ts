import { beforeEach, describe, expect, test } from '@jest/globals';
import { AUDIT_EVENT } from '../../adapters/audit/port.ts';
import type { Store } from '../../adapters/store/port.ts';
import { type Ask, asking, seededStore } from './directory.fixture.ts';
import { department, errorsOf, type Mutate, mutating, SCHOOL, SERVICE } from './mutations.fixture.ts';

let store: Store;
let ask: Ask;
let mutate: Mutate;
beforeEach(async () => {
  store = await seededStore();
  ask = asking(store);
  mutate = mutating(ask);
});

describe('bad input is a typed error, all of it at once', () => {
  const service = (changes: object) => ['upsertService', { ...SERVICE, ...changes }] as const;
  const organisation = (changes: object) => ['upsertOrganisation', { ...SCHOOL, ...changes }] as const;
  test.each([
    ['an id of another form', organisation({ id: 'School 1' }), ['INVALID id']],
    ['an empty name', organisation({ name: ' \u200b ' }), ['INVALID name']],
    ['a name that is too long', organisation({ name: '长'.repeat(101) }), ['INVALID name']],
    ['two wrong fields', organisation({ name: '', email: 'nobody' }), ['INVALID name', 'INVALID email']],
    ['a credit code of another form', organisation({ creditCode: '123' }), ['INVALID creditCode']],
    ['its own supervisor', organisation({ supervisor: 'school-new' }), ['INVALID supervisor']],
    ['an unknown supervisor', organisation({ supervisor: 'nobody' }), ['UNKNOWN_REFERENCE supervisor']],
    ['a website that is a script', organisation({ website: 'javascript:alert(1)' }), ['INVALID website']],
    ['a telephone number of letters', organisation({ phones: [{ number: 'call me' }] }), ['INVALID phones 0 number']],
    ['no need', service({ needs: [] }), ['INVALID needs']],
    ['no area', service({ areas: [] }), ['INVALID areas']],
    [
      'ages the wrong way round',
      service({ eligibility: { minimumAge: 18, maximumAge: 6 } }),
      ['INVALID eligibility maximumAge'],
    ],
    [
      'hours that no clock shows',
      service({ schedules: [{ days: ['MO'], opensAt: '25:00', closesAt: '26:00' }] }),
      ['INVALID schedules 0 opensAt', 'INVALID schedules 0 closesAt'],
    ],
    ['a language that is none', service({ languages: ['中文'] }), ['INVALID languages 0']],
    ['an unknown location', service({ locations: ['nowhere'] }), ['UNKNOWN_REFERENCE locations 0']],
    ['an unknown organisation', service({ organisation: 'nobody' }), ['UNKNOWN_REFERENCE organisation']],
    ['an empty key', service({ idempotencyKey: '' }), ['INVALID idempotencyKey']],
  ])('%s', async (_, [name, input], expected) => {
    expect(errorsOf(await mutate(name, input))).toEqual(expected);
    expect(
      (await ask(`{ organisation(id: "school-new") { id } service(id: "school-new-counselling") { id } }`)).data,
    ).toEqual({
      organisation: null,
      service: null,
    });
  });

  test('full-width digits, spaces and invisible characters are put right', async () => {
    const school = { ...SCHOOL, name: '心桥区\u200b新建中学　', phones: [{ number: '０９９－８８８８' }] };
    expect(errorsOf(await mutate('upsertOrganisation', school))).toEqual([]);
    const { data } = await ask('{ organisation(id: "school-new") { name phones { number kind } } }');
    expect(data.organisation).toEqual({ name: '心桥区新建中学', phones: [{ number: '099-8888', kind: 'VOICE' }] });
  });

  test('a credit code with a wrong check digit is kept, with a warning', async () => {
    const answer = await mutate('upsertOrganisation', {
      ...SCHOOL,
      creditCode: '91350100M000100Y44',
      supervisor: null,
    });
    expect(errorsOf(answer)).toEqual([]);
    expect(answer.data.answer.warnings).toEqual([
      { code: 'CREDIT_CODE_CHECK_DIGIT', path: ['input', 'creditCode'] },
      { code: 'NO_SUPERVISOR', path: ['input', 'supervisor'] },
    ]);
  });

  test('an expired qualification is kept, with a warning', async () => {
    const professional = {
      id: 'new-counsellor',
      expectedVersion: 0,
      organisation: 'school-ss001',
      name: '何小芸',
      profession: 'SCHOOL_COUNSELLOR',
      qualifications: [
        { name: '证书', expiresOn: '2026-11-19' },
        { name: '证书', expiresOn: '2026-11-20' },
      ],
    };
    const answer = await mutate('upsertProfessional', professional);
    expect(answer.data.answer.warnings).toEqual([
      { code: 'QUALIFICATION_EXPIRED', path: ['input', 'qualifications', '0', 'expiresOn'] },
    ]);
  });
});

describe('versions and keys', () => {
  test('a change of another version than the present one changes nothing and gives the present one', async () => {
    const answer = await mutate('upsertOrganisation', { ...SCHOOL, id: 'school-ss001', expectedVersion: 0 });
    expect(errorsOf(answer)).toEqual(['CONFLICT expectedVersion']);
    expect(answer.data.answer.entry).toMatchObject({ id: 'school-ss001', version: 1, name: '心桥区第1高级中学' });
  });

  test('the same key gives the same result once, and nothing else', async () => {
    const first = await mutate('upsertOrganisation', { ...SCHOOL, idempotencyKey: 'once' });
    const again = await mutate('upsertOrganisation', { ...SCHOOL, idempotencyKey: 'once' });
    expect(again).toEqual(first);
    const other = { ...SCHOOL, idempotencyKey: 'once' };
    expect(errorsOf(await mutate('upsertOrganisation', { ...other, name: '另一所' }))).toEqual([
      'KEY_REUSED idempotencyKey',
    ]);
    expect(errorsOf(await mutate('upsertOrganisation', { ...other, id: 'school-other' }))).toEqual([
      'KEY_REUSED idempotencyKey',
    ]);
    const health = {
      ...other,
      id: 'clinic-new',
      kind: 'HOSPITAL',
      department: 'HEALTH',
      supervisor: 'health-commission',
    };
    expect(errorsOf(await mutate('upsertOrganisation', health, department('HEALTH')))).toEqual([]);
  });

  test('of many at once one wins, the others get the present version', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => mutate('upsertOrganisation', { ...SCHOOL, name: `第${i}中学` })),
    );
    const won = answers.filter(({ data }) => data.answer.userErrors.length === 0);
    expect(won).toHaveLength(1);
    const [winner] = won;
    for (const { data } of answers) expect(data.answer.entry).toEqual(winner?.data.answer.entry);
  });

  test('each change carries its audit record', async () => {
    await mutate('upsertOrganisation', SCHOOL);
    const [event] = await store.claim({ type: AUDIT_EVENT, leaseMs: 1_000, limit: 10 });
    expect(event?.data).toMatchObject({
      change: 'DIRECTORY_ORGANISATION_ENTERED',
      personId: null,
      request: 'request',
      actor: { client: 'education-system', department: 'EDUCATION' },
    });
  });
});
