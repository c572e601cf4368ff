import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import { organisations } from '../organisation.ts';

const command = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'xinqiao-directory-'));
afterAll(() => rmSync(folder, { recursive: true }));
const database = join(folder, 'hub.db');

const organisation = (i: number) => ({
  id: `organisation-${i}`,
  name: `第${i}站`,
  description: '',
  kind: 'SOCIAL_WORK_STATION',
  division: '390106',
});
const file = join(folder, 'organizations.json');

function started(...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], STORE_URL: `sqlite:${database}` };
  return spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(...args: readonly string[]) {
  const child = started(...args);
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, errors, code, last: out.startsWith('{') ? JSON.parse(out.trim().split('\n').at(-1) ?? '') : null };
}

async function stored() {
  const store = openSqliteStore({ file: database });
  const { items } = await store.page(organisations, { index: 'search', value: '*|*|in:', first: 1_000 });
  await store.close();
  return items.map(({ id, version }) => `${id} ${version}`);
}

test('killed on its way and started again, the load does the rest, and again nothing', async () => {
  writeFileSync(file, JSON.stringify(Array.from({ length: 300 }, (_, i) => organisation(i))));
  const trial = await run('load', file, '--dry-run');
  expect(trial).toMatchObject({ code: 0, last: { rows: 300, entered: 300 } });
  expect(trial.errors).toContain('200 of 300 rows');
  expect(await stored()).toEqual([]);

  const first = started('load', file);
  const gone = once(first, 'exit');
  first.stderr.on('data', () => first.kill('SIGKILL'));
  await gone;
  const before = (await stored()).length;
  expect(before).toBeGreaterThanOrEqual(100);

  const second = await run('load', file);
  expect(second).toMatchObject({ code: 0, last: { rows: 300, unchanged: before, entered: 300 - before } });
  const all = await stored();
  expect(all).toHaveLength(300);
  expect(new Set(all.map((line) => line.split(' ')[1]))).toEqual(new Set(['1']));
  expect(await run('load', file)).toMatchObject({ code: 0, last: { unchanged: 300 } });
}, 60_000);

test('some rows not taken: exit code 1, each with place, id and reason', async () => {
  const some = join(folder, 'some.json');
  writeFileSync(some, JSON.stringify([organisation(1), { ...organisation(900), kind: 'CASTLE' }]));
  const { code, out, last } = await run('load', some);
  expect({ code, last }).toMatchObject({ code: 1, last: { notTaken: 1 } });
  expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({
    place: 'organizations[1]',
    id: 'organisation-900',
    notTaken: [{ code: 'INVALID', field: 'kind' }],
  });
});

test.each([
  ['help', ['--help'], 0],
  ['no command', [], 2],
  ['another command', ['drop', file], 2],
  ['an unknown option', ['load', file, '--force'], 2],
  ['a department without division', ['load', file, '--department', 'HEALTH'], 2],
  ['a department that is none', ['load', file, '--department', 'MAGIC', '--division', '390106'], 2],
  ['a table of nothing known', ['load', join(folder, 'things.csv')], 2],
  ['a file that is not there', ['load', join(folder, 'nothing.json')], 3],
  ['a folder', ['load', folder], 3],
])('%s', async (_, args, expected) => {
  expect((await run(...args)).code).toBe(expected);
});
