import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { REMARK } from '../../e2e/systems/education/record-makers.ts';
import { type EducationSystem, startEducationSystem } from '../../e2e/systems/education/system.ts';
import { type DepartmentSystem, FAULTS } from '../../e2e/systems/shared/department-system.ts';
import { registerOf } from '../../e2e/systems/world/register.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { readSettings } from '../shared/settings.ts';
import { wholeRegister } from '../shared/source.contract.ts';
import { describeEducationSource, EDUCATION_READS } from './contract.ts';
import type { EducationSource } from './port.ts';
import { restEducationSource } from './rest-education-source.ts';
import { educationSettings } from './settings.ts';

const world = createWorld({ people: 800 });
const localIds = [...new Set(world.people.flatMap((person) => person.localIds.education))];
const pupil = storyPerson(world, 'pupil-in-crisis').localIds.education[0] ?? '';

interface Changed {
  readonly env?: Record<string, string>;
  readonly now?: () => number;
  readonly warnings?: object[];
}

function sourceOf(system: DepartmentSystem, { env = {}, now, warnings = [] }: Changed = {}): EducationSource {
  const { values, problems } = readSettings(educationSettings, { ...system.settings, ...env });
  expect(problems).toEqual([]);
  const log = { warn: (entry: object) => void warnings.push(entry) };
  return restEducationSource(values, { log, ...(now && { now }) });
}

describeEducationSource('education over REST', async () => {
  const system = await startEducationSystem({ world });
  return {
    source: sourceOf(system),
    knownIds: localIds.slice(0, 100),
    unknownId: 'X1999999999',
    calls: () => Object.values(system.calls()).reduce((sum, count) => sum + count, 0),
    close: () => system.close(),
  };
});

describe('education over REST', () => {
  let clock = 0;
  let system: EducationSystem;
  let source: EducationSource;
  beforeAll(async () => {
    system = await startEducationSystem({ world, now: () => clock });
  });
  beforeEach(() => {
    clock = 0;
    system.resetCalls();
    source = sourceOf(system, { now: () => clock });
  });
  afterAll(() => system.close());

  const allRows = async (ids: readonly string[] = localIds) =>
    Promise.all(EDUCATION_READS.map(async (read) => (await source[read](ids)).rows));

  test('twenty people cost one call a category, as one does, and one token for all', async () => {
    await allRows(localIds.slice(0, 20));
    const each = { enrolment: 1, counselling: 1, assessment: 1, protection: 1 };
    expect(system.calls()).toEqual({ token: 1, ...each });
    await allRows([pupil]);
    expect(system.calls()).toEqual({ token: 1, enrolment: 2, counselling: 2, assessment: 2, protection: 2 });
  });

  test('more people than one call may carry are asked in parts, their pages followed, and all answered', async () => {
    expect(localIds.length).toBeGreaterThan(100);
    const { rows } = await source.enrolmentOf(localIds);
    expect(rows.filter((own) => own === null)).toEqual([]);
    const calls = system.calls().enrolment ?? 0;
    expect(calls).toBeGreaterThan(Math.ceil(localIds.length / 100));
    const apart = await Promise.all(localIds.slice(-50).map(async (id) => (await source.enrolmentOf([id])).rows[0]));
    expect(rows.slice(-50)).toEqual(apart);
  });

  test('a girl in crisis: what her school holds, in the words of the domain', async () => {
    const [enrolment, counselling, assessment, protection] = await allRows([pupil]);
    expect(enrolment?.[0]?.at(-1)).toMatchObject({ school: '心桥区第1高级中学', grade: '高一', status: 'ENROLLED' });
    expect(counselling?.[0]).toMatchObject([
      { kind: 'CRISIS', opened: '2026-03-11', sessions: 3, lastDate: '2026-03-20' },
      { kind: 'INDIVIDUAL', sessions: 9 },
      { kind: 'INDIVIDUAL', sessions: 6, lastDate: '2026-11-12' },
    ]);
    expect(assessment?.[0]?.map((row) => 'level' in row && row.level)).toEqual(['NONE', 'MILD', 'SEVERE', 'MODERATE']);
    expect(protection?.[0]).toEqual([{ kind: 'DROP_OUT', opened: '2026-03-18', status: 'CLOSED' }]);
  });

  test('no free text leaves the department, though the service sends it with every item', async () => {
    const warnings: object[] = [];
    source = sourceOf(system, { now: () => clock, warnings });
    const sent = await whatIsSent(system, 'counselling-services', pupil);
    expect(sent).toContain(REMARK);
    const received = JSON.stringify([await allRows(), await wholeRegister(source), warnings]);
    expect(received).toContain('INDIVIDUAL');
    expect(received).not.toMatch(/备注|辅导员查看|争吵|补录|remark|talkRecord|score/);
    expect(warnings.length).toBeGreaterThan(0);
  });

  test('codes outside the sets, lost school names, wide digits and items that nobody filled in', async () => {
    const rows = (await allRows()).flat().flatMap((own): readonly object[] => own ?? []);
    const text = JSON.stringify(rows);
    expect(text).toContain('"status":"OTHER"');
    expect(text).toContain('"level":"OTHER"');
    expect(text).toMatch(/"school":"(KG|PS|JS|SS)\d{3}"/);
    expect(text).not.toMatch(/[\uFF01-\uFF5E\u3000]/);
    for (const row of rows) if ('from' in row) expect(row.from).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('a row that stands twice comes once', async () => {
    const twice = await sentTwice(system);
    const { rows } = await source.enrolmentOf([twice.studentNo]);
    expect(rows[0]).toHaveLength(twice.distinct);
  });

  test('the register holds every line of the department, numbers made whole', async () => {
    const entries = await wholeRegister(source);
    const expected = registerOf(world, 'education').map(({ localId, idNumber, birthDate, ...line }) => ({
      localId,
      idNumber: normaliseIdNumber(idNumber ?? ''),
      name: line.name,
      sex: line.sex,
      birthDate,
      division: line.division,
    }));
    expect(entries).toEqual(expected);
  });

  test('reads at the same time wait for one token', async () => {
    await Promise.all([...EDUCATION_READS, ...EDUCATION_READS].map(async (read) => source[read]([pupil])));
    expect(system.calls().token).toBe(1);
  });

  test('a caller who goes while the token is fetched takes it from nobody', async () => {
    const gone = new AbortController();
    const left = source.enrolmentOf([pupil], { signal: gone.signal });
    const stays = source.enrolmentOf([pupil]);
    gone.abort();
    await expect(left).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect((await stays).rows[0]?.length).toBeGreaterThan(0);
    expect(system.calls()).toEqual({ token: 1, enrolment: 1 });
  });

  test('a token is renewed shortly before its time is over', async () => {
    await source.enrolmentOf([pupil]);
    clock = 289_000;
    await source.enrolmentOf([pupil]);
    expect(system.calls().token).toBe(1);
    clock = 291_000;
    await source.enrolmentOf([pupil]);
    expect(system.calls()).toEqual({ token: 2, enrolment: 3 });
  });

  test('a token that ended early is renewed once for all who meet it, and their reads repeated', async () => {
    await source.enrolmentOf([pupil]);
    system.expireTokens();
    const answers = await Promise.all(EDUCATION_READS.map(async (read) => source[read]([pupil])));
    expect(answers.every(({ rows }) => rows[0] !== null)).toBe(true);
    expect(system.calls().token).toBe(2);
  });

  test('the register goes on from its cursor after a restart of both sides', async () => {
    const { next } = await source.register(null);
    const before = await source.register(next);
    const restarted = await startEducationSystem({ world });
    try {
      expect(await sourceOf(restarted).register(next)).toEqual(before);
    } finally {
      await restarted.close();
    }
  });

  test('a cursor of another list is refused', async () => {
    await expect(source.register('eDox')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('a wrong secret is told apart from nobody', async () => {
    const stranger = sourceOf(system, { env: { EDUCATION_CLIENT_SECRET: 'wrong' } });
    await expect(stranger.enrolmentOf([pupil])).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    await expect(stranger.probe()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  test('separators and wild cards never reach the list', async () => {
    const hostile = [`${pupil},${localIds[1]}`, `${pupil}&limit=1`, '*', '%2C', '../students', '-', `${pupil}\n`];
    expect((await source.enrolmentOf(hostile)).rows).toEqual(hostile.map(() => null));
    expect(system.calls()).toEqual({});
  });

  test.each([
    ['slow', 'SOURCE_TIMEOUT'],
    ['hang', 'SOURCE_TIMEOUT'],
    ['too-many-requests', 'SOURCE_UNAVAILABLE'],
    ['error-500', 'SOURCE_UNAVAILABLE'],
    ['html-200', 'SOURCE_INVALID'],
    ['cut-off', 'SOURCE_INVALID'],
    ['garbage', 'SOURCE_INVALID'],
    ['down', 'SOURCE_UNAVAILABLE'],
    ['maintenance', 'SOURCE_UNAVAILABLE'],
  ] as const)('while it is in fault %s it ends in %s, with a token and without', async (fault, code) => {
    const impatient = () => sourceOf(system, { env: { EDUCATION_TIMEOUT_MS: '200' } });
    const withToken = impatient();
    await withToken.probe();
    await system.break(fault);
    const expected = { code, source: 'education' };
    await Promise.all([
      expect(impatient().enrolmentOf([pupil])).rejects.toMatchObject(expected),
      expect(withToken.enrolmentOf([pupil])).rejects.toMatchObject(expected),
    ]);
    await system.break(null);
    expect((await withToken.enrolmentOf([pupil])).rows[0]?.length).toBe(3);
  });

  test('every fault of the sample system is tried', () => expect(FAULTS).toHaveLength(9));
});

/** Asks the service itself, past the adapter. */
async function whatIsSent({ settings }: DepartmentSystem, list: string, studentNo: string): Promise<string> {
  const basic = Buffer.from(`${settings.EDUCATION_CLIENT_ID}:${settings.EDUCATION_CLIENT_SECRET}`).toString('base64');
  const granted = await fetch(`${settings.EDUCATION_URL}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    headers: { authorization: `Basic ${basic}` },
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${settings.EDUCATION_URL}/${list}?studentNo=${studentNo}`, { headers })).text();
}

async function sentTwice(system: DepartmentSystem) {
  for (const studentNo of localIds) {
    const sent = await whatIsSent(system, 'enrolments', studentNo);
    const numbers = [...sent.matchAll(/"recordNo":"([^"]+)"/g)].map(([, number]) => number);
    if (new Set(numbers).size < numbers.length) return { studentNo, distinct: new Set(numbers).size };
  }
  throw new Error('no row was sent twice');
}
