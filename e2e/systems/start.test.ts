import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSystems, type RunningSystems } from './start.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Asks again and again, as the end of somebody else's child cannot be awaited; the test's own time limit ends it. */
async function waitUntil(happened: () => boolean) {
  while (!happened()) await pause(20);
}

describe('a process with one department', () => {
  let systems: RunningSystems;
  beforeAll(async () => {
    systems = await startSystems({ only: ['civil-affairs'] });
  });
  afterAll(() => systems.close());

  test('hands over the settings of the adapter and of no other', () => {
    expect(Object.keys(systems.settings).length).toBeGreaterThan(0);
    for (const name of Object.keys(systems.settings)) expect(name).toMatch(/^CIVIL_AFFAIRS_/);
  });

  test('counts calls and forgets them', async () => {
    await systems.resetCalls();
    expect(await systems.calls()).toEqual({ 'civil-affairs': {} });
  });

  test('breaks and mends a system, and says so', async () => {
    const faults = async () => (await (await fetch(`${systems.control}/systems`)).json()) as Record<string, unknown>;
    await systems.break('civil-affairs', 'hang');
    expect(await faults()).toMatchObject({ 'civil-affairs': { fault: 'hang' } });
    await systems.break('civil-affairs', null);
    expect(await faults()).toMatchObject({ 'civil-affairs': { fault: null } });
  });

  test('tells its memory', async () => {
    expect((await systems.memory()).rssBytes).toBeGreaterThan(10_000_000);
  });

  test.each([
    ['PUT', '/systems/civil-affairs/fault', '{"fault":"sulk"}', 400],
    ['PUT', '/systems/civil-affairs/fault', 'not json', 400],
    ['PUT', '/systems/health/fault', '{"fault":"slow"}', 404],
    ['GET', '/elsewhere', undefined, 404],
  ])('%s %s %s is refused', async (method, path, body, status) => {
    expect((await fetch(systems.control + path, { method, body: body ?? null })).status).toBe(status);
  });

  test('ends when closed, more than once if need be', async () => {
    await systems.close();
    expect(isAlive(systems.pid)).toBe(false);
    await systems.close();
  });
});

test('what the process says against its start reaches the caller', async () => {
  await expect(startSystems({ people: 3, only: ['civil-affairs'] })).rejects.toThrow(/a world has at least/);
});

test('a start that takes too long is given up and leaves nothing behind', async () => {
  await expect(startSystems({ only: ['civil-affairs'], readyWithinMs: 1 })).rejects.toThrow(/did not start/);
});

test('the systems end with the process that started them, even when that one is killed', async () => {
  const start = new URL('start.ts', import.meta.url).href;
  const script = `import(${JSON.stringify(start)}).then(async ({ startSystems }) => {
    const { pid } = await startSystems({ only: ['civil-affairs'] });
    console.log(pid);
  })`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await once(parent, 'close');
  await waitUntil(() => !isAlive(pid));
});
