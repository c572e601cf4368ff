import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import { startHealthSystem } from '../../../e2e/systems/health/system.ts';
import type { DepartmentSystem } from '../../../e2e/systems/shared/department-system.ts';
import { createWorld } from '../../../e2e/systems/world/world.ts';
import { activeLinks } from '../crosswalk.ts';
import { idNumberHash } from '../id-number-hash.ts';
import { person } from '../person-fixtures.ts';
import { persons } from '../person.ts';
import { linkRuns } from './link-run.ts';

const command = fileURLToPath(new URL('./main.ts', import.meta.url));
const PEPPER = 'a pepper for tests, 32 characters';
const folder = mkdtempSync(join(tmpdir(), 'xinqiao-link-'));
const file = join(folder, 'hub.db');
// Enough for many pages: the command is killed after the first one.
const world = createWorld({ people: 1_000 });
/** Every other one who is known to the health department is in the hub. */
const known = world.people.filter(({ localIds }) => localIds.health.length > 0);
const inHub = known.filter((_, i) => i % 2 === 0);

let system: DepartmentSystem;
beforeAll(async () => {
  system = await startHealthSystem({ world });
  const store = openSqliteStore({ file });
  for (const { id, idNumber, name, sex, birthDate, division } of inHub) {
    const data = person({ idHash: idNumberHash(PEPPER)(idNumber), name, sex, birthDate, division });
    await store.save(persons, { id, data, expectedVersion: 0 });
  }
  await store.close();
});
afterAll(async () => {
  await system.close();
  rmSync(folder, { recursive: true });
});

function link(...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], ...system.settings, STORE_URL: `sqlite:${file}`, PERSON_ID_PEPPER: PEPPER };
  return spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function finished(child: ReturnType<typeof link>) {
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, errors, code };
}

async function look<T>(at: (store: ReturnType<typeof openSqliteStore>) => Promise<T>): Promise<T> {
  const store = openSqliteStore({ file });
  return at(store).finally(() => store.close());
}

test('killed after a page, the command goes on there, links whom it is certain of, and creates nobody', async () => {
  const first = link('--department', 'health');
  const gone = once(first, 'exit');
  for await (const line of createInterface({ input: first.stderr }))
    if (line.startsWith('page 1')) first.kill('SIGKILL');
  await gone;
  const run = await look((store) => store.load(linkRuns, 'health'));
  expect(run?.data.finishedAt).toBeNull();
  expect(run?.data.counts.pages).toBeGreaterThan(0);

  const { out, code } = await finished(link('--department', 'health'));
  expect(code).toBe(0);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ known: 0 });
  expect(out).not.toMatch(/\p{Script=Han}/u);

  const uncertain = new Set(lines.slice(0, -1).map(({ localId }) => localId));
  const stored = await look((store) =>
    store.loadMany(
      persons,
      world.people.map(({ id }) => id),
    ),
  );
  expect(stored.filter((one) => one !== null)).toHaveLength(inHub.length);
  const linked = stored.flatMap((one) => activeLinks(one?.data.links ?? []).map(({ localId }) => [one?.id, localId]));
  const theirs = new Map(inHub.flatMap(({ id, localIds }) => localIds.health.map((localId) => [localId, id] as const)));
  for (const [id, localId] of linked) expect(theirs.get(String(localId))).toBe(id);
  const missing = [...theirs.keys()].filter(
    (localId) => !linked.some(([, l]) => l === localId) && !uncertain.has(localId),
  );
  // Lines without a usable number, and the conflicts that the first run listed.
  expect(missing.length).toBeLessThanOrEqual(5);
});

test('while the hub has the store the command says so and changes nothing', async () => {
  const { errors, code } = await look(() => finished(link('--department', 'health')));
  expect(code).toBe(1);
  expect(errors).toContain('is in use by another process');
});

test('an unreachable department is named in one line, without a stack', async () => {
  await system.break('down');
  const { errors, code } = await finished(link('--department', 'health', '--dry-run'));
  await system.break(null);
  expect(code).toBe(1);
  expect(errors.trim().split('\n').at(-1)).toContain("health department's system");
});

test.each([
  [['--help'], 0],
  [[], 2],
  [['--department', 'nobody'], 2],
  [['--what'], 2],
])('%j exits with %i', async (args, expected) => {
  expect((await finished(link(...args))).code).toBe(expected);
});
