import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createWorld } from '../world/world.ts';
import { CATEGORIES } from './item.ts';
import { educationRecords } from './records.ts';
import { type EducationSystem, startEducationSystem } from './system.ts';

function dump(seed?: number) {
  const records = educationRecords(createWorld(seed === undefined ? {} : { seed }));
  return records.studentNos.map((studentNo) => CATEGORIES.map((category) => records.of(category, studentNo)));
}

describe('records of the sample department', () => {
  test('the same seed gives the same records, another seed others', () => {
    expect(dump(5)).toEqual(dump(5));
    expect(dump(5)).not.toEqual(dump(6));
  });

  test.each([1, 2, 3])('with seed %s every category is filled and every oddity planted', (seed) => {
    const all = dump(seed);
    CATEGORIES.forEach((_, i) => expect(all.some((student) => (student[i]?.length ?? 0) > 0)).toBe(true));
    const text = JSON.stringify(all);
    for (const planted of [
      /"status":"98"/,
      /"kind":"(ZZ|XX)"/,
      /"level":"7"/,
      /"schoolName":null,/,
      /"studentNo":null/,
      /"studentNo":"ｘ/,
      /（补录）/,
    ])
      expect(text).toMatch(planted);
    expect(text).toMatch(/"\d{8}"/);
    expect(text).toMatch(/"\d{4}\/\d{1,2}\/\d{1,2}"/);
    expect(text).toMatch(/[０-９]/);
  });

  test('no date is after today', () => {
    const { today } = createWorld();
    const dates = [...JSON.stringify(dump()).matchAll(/"(\d{4}-\d\d-\d\d)"/g)].map(([, date]) => date ?? '');
    expect(dates.length).toBeGreaterThan(50);
    expect(dates.filter((date) => date > today)).toEqual([]);
  });

  test('somebody without a number there is nobody there', () => {
    expect(educationRecords(createWorld()).of('enrolment', 'X1999000001')).toBeNull();
  });
});

describe('the service', () => {
  let clock = 0;
  let system: EducationSystem;
  let token = '';
  beforeAll(async () => {
    system = await startEducationSystem({ world: createWorld(), now: () => clock });
  });
  beforeEach(async () => {
    clock = 0;
    token = ((await (await askToken()).json()) as { access_token: string }).access_token;
  });
  afterAll(() => system.close());

  const askToken = (user = 'hub-care:made-up-education-secret', grant = 'client_credentials') =>
    fetch(`${system.settings.EDUCATION_URL}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: grant }),
      headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` },
    });
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${system.settings.EDUCATION_URL}/${path}`, { headers: { authorization: `Bearer ${token}` }, ...init });
  const PUPIL = 'X2017000001';

  test('gives tokens to its client only, for 300 seconds', async () => {
    const granted = await askToken();
    expect(granted.headers.get('cache-control')).toBe('no-store');
    expect(await granted.json()).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
    expect((await askToken('hub-care:wrong')).status).toBe(401);
    expect((await askToken(undefined, 'password')).status).toBe(400);
  });

  test('takes a token until its time is over or it was ended', async () => {
    clock = 299_999;
    expect((await ask('ping')).status).toBe(200);
    clock = 300_000;
    const late = await ask('ping');
    expect([late.status, late.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
    clock = 0;
    system.expireTokens();
    expect((await ask('ping')).status).toBe(401);
  });

  test('leads from page to page, and refuses a cursor of another question', async () => {
    const first = (await (await ask(`assessments?studentNo=${PUPIL},nobody&limit=3`)).json()) as Record<
      string,
      unknown
    >;
    expect(first).toMatchObject({ found: [PUPIL], items: [{}, {}, {}] });
    const cursor = String(first.nextCursor);
    const second = await ask(`assessments?studentNo=${PUPIL},nobody&limit=3&cursor=${cursor}`);
    expect(await second.json()).toMatchObject({ items: [{}], nextCursor: null });
    expect((await ask(`assessments?studentNo=${PUPIL}&cursor=${cursor}`)).status).toBe(400);
    expect((await ask(`enrolments?studentNo=${PUPIL},nobody&cursor=${cursor}`)).status).toBe(400);
  });

  test.each([
    ['enrolments', 400],
    [`enrolments?studentNo=${'X,'.repeat(101)}`, 400],
    [`enrolments?studentNo=${PUPIL}&limit=0`, 400],
    ['elsewhere', 404],
    ['constructor', 404],
  ])('%s is answered %d', async (path, status) => {
    expect((await ask(path)).status).toBe(status);
  });

  test('some answers begin with a byte order mark', async () => {
    const bytes = Buffer.from(await (await ask('students?limit=1')).arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  test('nobody may write, and calls are counted by what was asked', async () => {
    expect((await ask('enrolments', { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })).status).toBe(
      405,
    );
    system.resetCalls();
    await ask(`protection-cases?studentNo=${PUPIL}`);
    await ask('students');
    await ask('ping');
    await askToken();
    expect(system.calls()).toEqual({ protection: 1, register: 1, probe: 1, token: 1 });
  });
});
