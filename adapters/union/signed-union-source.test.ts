import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { startUnionSystem } from '../../e2e/systems/union/system.ts';
import { registerOf } from '../../e2e/systems/world/register.ts';
import { createWorld, employerOf, storyPerson } from '../../e2e/systems/world/world.ts';
import { describeFaults } from '../shared/faults.contract.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { readSettings } from '../shared/settings.ts';
import { wholeRegister } from '../shared/source.contract.ts';
import { describeUnionSource, UNION_READS } from './contract.ts';
import type { UnionSource } from './port.ts';
import { unionSettings } from './settings.ts';
import { signedUnionSource } from './signed-union-source.ts';

const world = createWorld({ people: 600 });
const memberNos = [...new Set(world.people.flatMap((person) => person.localIds.union))];
const localIdOf = (story: string) => storyPerson(world, story).localIds.union[0] ?? '';

interface Changed {
  readonly settings?: Record<string, string>;
  readonly pageSize?: number;
  readonly now?: () => number;
  readonly warnings?: object[];
}

function sourceOf(system: DepartmentSystem, { settings, warnings = [], ...deps }: Changed = {}): UnionSource {
  const { values, problems } = readSettings(unionSettings, { ...system.settings, ...settings });
  expect(problems).toEqual([]);
  return signedUnionSource(values, { ...deps, log: { warn: (details) => warnings.push(details) } });
}

describeUnionSource('the trade union over signed requests', async () => {
  const system = await startUnionSystem({ world });
  return {
    source: sourceOf(system, { pageSize: 60 }),
    knownIds: memberNos.slice(0, 60),
    unknownId: 'GH-390106-8999999',
    calls: () => Object.values(system.calls()).reduce((sum, count) => sum + count, 0),
    close: () => system.close(),
  };
});

describe('the trade union over signed requests', () => {
  let system: DepartmentSystem;
  let source: UnionSource;
  const warnings: object[] = [];
  beforeAll(async () => {
    system = await startUnionSystem({ world, arrivals: 0 });
    source = sourceOf(system, { warnings });
  });
  afterAll(() => system.close());

  test('twenty members cost one call a category, as one does', async () => {
    system.resetCalls();
    for (const read of UNION_READS) await source[read](memberNos.slice(0, 20));
    expect(system.calls()).toEqual({ 'employee-assistance': 1, 'hardship-aid': 1, 'workplace-mediation': 1 });
  });

  test('more members than one call may carry are asked in parts, and all answered', async () => {
    system.resetCalls();
    const { rows } = await source.workplaceMediationOf(memberNos);
    expect(rows.filter((own) => own === null)).toEqual([]);
    expect(system.calls()).toEqual({ 'workplace-mediation': Math.ceil(memberNos.length / 100) });
  });

  test('the stories come out in the words of the domain', async () => {
    const of = (story: string) => [localIdOf(story)];
    expect((await source.hardshipAidOf(of('pupil-in-crisis'))).rows[0]).toMatchObject([
      { kind: 'SCHOOLING', kindCode: '3', kindDisplay: '金秋助学', amountCny: 3_000, date: '2026-08-28' },
    ]);
    expect((await source.employeeAssistanceOf(of('mother'))).rows[0]).toMatchObject([
      { programme: '职工家庭关系咨询', opened: '2026-04-02', sessions: 6 },
    ]);
    expect((await source.workplaceMediationOf(of('migrant-worker'))).rows[0]).toMatchObject([
      { kind: '劳动报酬', stage: 'IN_PROGRESS', stageCode: '20', opened: '2026-09-21', agreementDate: null },
    ]);
    expect((await source.workplaceMediationOf(of('mother'))).rows).toEqual([[]]);
  });

  test('every form of a date, of a number and of an amount is understood, and no row is lost', async () => {
    warnings.length = 0;
    const assistance = (await source.employeeAssistanceOf(memberNos)).rows.flatMap((own) => own ?? []);
    const aid = (await source.hardshipAidOf(memberNos)).rows.flatMap((own) => own ?? []);
    const mediation = (await source.workplaceMediationOf(memberNos)).rows.flatMap((own) => own ?? []);
    expect(warnings).toEqual([]);
    expect([...assistance, ...mediation].filter(({ opened }) => opened === null)).toEqual([]);
    expect(aid.filter(({ date }) => date === null || date > world.today)).toEqual([]);
    expect(aid.every(({ kind, kindCode }) => (kind === 'OTHER') === (kindCode === '8'))).toBe(true);
    expect(new Set(aid.map(({ kind }) => kind)).size).toBe(5);
    expect(new Set(mediation.map(({ stage }) => stage)).size).toBe(6);
    expect(assistance.filter(({ sessions }) => sessions === null).length).toBeLessThan(assistance.length / 10);
    expect(aid.filter(({ amountCny }) => amountCny === null).length).toBeLessThan(aid.length / 10);
    expect(aid.some(({ amountCny }) => (amountCny ?? 0) > 1_000)).toBe(true);
  });

  test('employee assistance tells neither employer nor talk, not even by who gave it', async () => {
    const { rows } = await source.employeeAssistanceOf(memberNos);
    const text = JSON.stringify(rows);
    const employers = world.people.flatMap((person) => employerOf(world, person)?.name ?? []);
    expect(employers.filter((name) => text.includes(name))).toEqual([]);
    expect(text).not.toContain('谈');
    expect(rows.flatMap((own) => own ?? []).some(({ provider }) => provider === null)).toBe(true);
  });

  test('a row that a branch reported twice comes once', async () => {
    const { rows } = await source.hardshipAidOf(memberNos);
    const aids = rows.map((own) => own?.map((row) => JSON.stringify(row)) ?? []);
    // Rows of one member that are equal in everything would be two reports: the generator draws no others.
    for (const own of aids) expect(new Set(own).size).toBe(own.length);
  });

  test('everybody whom the union knows is in its register, as the world planted it', async () => {
    const entries = await wholeRegister(sourceOf(system, { pageSize: 50 }));
    const lines = registerOf(world, 'union').toReversed();
    expect(entries).toEqual(
      lines.map(({ localId, name, idNumber, sex, birthDate, division }) => ({
        localId,
        idNumber: normaliseIdNumber(idNumber ?? ''),
        name,
        sex,
        birthDate,
        division,
      })),
    );
    const old = entries.find(({ localId }) => localId === localIdOf('retired-worker'));
    expect(old?.idNumber).toBe(storyPerson(world, 'retired-worker').idNumber);
  });

  test.each([
    ['a wrong secret', { settings: { UNION_APP_SECRET: 'guess' } }, 'code 40102'],
    ['an unknown application', { settings: { UNION_APP_KEY: 'stranger' } }, 'code 40101'],
    ['a clock that is off', { now: () => Date.now() - 301_000 }, 'code 40103'],
  ])('%s is SOURCE_UNAVAILABLE, is not tried again, and the log is told which', async (_, changed, reason) => {
    system.resetCalls();
    await expect(sourceOf(system, changed).probe()).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      transient: false,
      cause: { message: expect.stringContaining(reason) },
    });
    expect(system.calls()).toEqual({});
  });

  test('a cursor that the hub never gave is SOURCE_INVALID', async () => {
    await expect(source.register('made-up')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  describeFaults(
    () => system,
    async (broken, timeoutMs) =>
      sourceOf(broken, { settings: { UNION_TIMEOUT_MS: timeoutMs } }).hardshipAidOf(memberNos.slice(0, 3)),
  );
});

describe('pages that shift while they are read', () => {
  const ids = memberNos.slice(0, 40);

  test('a row that arrives between two pages is found by reading again, and none is lost or doubled', async () => {
    const [calm, busy] = await Promise.all([
      startUnionSystem({ world, arrivals: 0 }),
      startUnionSystem({ world, arrivals: 2 }),
    ]);
    try {
      const before = (await sourceOf(calm, { pageSize: 10 }).hardshipAidOf(ids)).rows;
      const pages = calm.calls()['hardship-aid'] ?? 0;
      expect(pages).toBeGreaterThan(2);
      const after = (await sourceOf(busy, { pageSize: 10 }).hardshipAidOf(ids)).rows;
      const late = { kind: 'LIVING', amountCny: 500, date: world.today };
      expect(after[0]).toMatchObject([late, late, ...(before[0] ?? [])]);
      expect(after.slice(1)).toEqual(before.slice(1));
      expect(busy.calls()['hardship-aid']).toBeGreaterThan(pages);
    } finally {
      await Promise.all([calm.close(), busy.close()]);
    }
  });

  test('a list that never comes to rest is SOURCE_INVALID, after a few passes', async () => {
    const system = await startUnionSystem({ world, arrivals: Number.POSITIVE_INFINITY });
    try {
      await expect(sourceOf(system, { pageSize: 10 }).hardshipAidOf(ids)).rejects.toMatchObject({
        code: 'SOURCE_INVALID',
      });
      expect(system.calls()).toEqual({ 'hardship-aid': 8 });
    } finally {
      await system.close();
    }
  });

  test('a register that grows while it is walked skips nobody', async () => {
    const system = await startUnionSystem({ world, arrivals: 3 });
    try {
      const found = new Set((await wholeRegister(sourceOf(system, { pageSize: 20 }))).map(({ localId }) => localId));
      expect(memberNos.filter((memberNo) => !found.has(memberNo))).toEqual([]);
    } finally {
      await system.close();
    }
  });
});
