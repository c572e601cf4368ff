import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../adapters/store/sqlite/sqlite-store.ts';
import { type WaitingOrder, waitingOrders } from '../authentication/revocations/inbox.ts';
import { tokenCommand } from './token-command.ts';

let folder: string;
let environment: { STORE_URL: string };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xinqiao-'));
  environment = { STORE_URL: `sqlite:${join(folder, 'hub.db')}` };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const JTI = { do: 'revoke', kind: 'TOKEN', value: 'j1', later: false } as const;
const BLOCK = { do: 'revoke', kind: 'SUBJECT', value: 's1', later: true } as const;
const opened = () => openSqliteStore({ file: join(folder, 'hub.db') });

test('without a hub it goes into the store, is listed, and lifted', async () => {
  await opened().close();
  expect(await tokenCommand({ do: 'list' }, environment)).toEqual(['Nothing is withdrawn.']);
  for (const command of [JTI, BLOCK])
    expect((await tokenCommand(command, environment))[0]).toContain('the hub is not running');
  expect((await tokenCommand({ do: 'list' }, environment)).map((line) => line.replace(/ at \S{24}/, ''))).toEqual([
    'TOKEN j1',
    'SUBJECT s1, and what is issued later',
  ]);
  await tokenCommand({ ...BLOCK, do: 'lift' }, environment);
  expect(await tokenCommand({ do: 'list' }, environment)).toHaveLength(1);
});

test('a hub that does not take it is told, and the order waits', async () => {
  const store = opened();
  await expect(tokenCommand(JTI, environment, { takenWithinMs: 100 })).rejects.toThrow(
    'did not take it within 0.1 s; it waits in',
  );
  expect(readdirSync(join(folder, 'hub.db.revocations'))).toHaveLength(1);
  await store.close();
});

async function waiting(): Promise<WaitingOrder> {
  for (;;) {
    const [order] = waitingOrders(join(folder, 'hub.db.revocations'));
    if (order !== undefined) return order;
    await turn();
  }
}

test('an order that the hub refuses is not said to be in force', async () => {
  const store = opened();
  const asked = tokenCommand(JTI, environment);
  (await waiting()).setAside();
  await expect(asked).rejects.toThrow(
    /^Not in force: the hub refused it and keeps it in .*\.json\.refused\. Run the command of the release/,
  );
  await store.close();
});

test('an order that the hub takes is', async () => {
  const store = opened();
  const asked = tokenCommand(JTI, environment);
  (await waiting()).done();
  expect(await asked).toEqual(['Done; it is in force at the running hub.']);
  await store.close();
});

test.each([
  ['an empty jti', { ...JTI, value: '' }],
  ['a jti that is too long', { ...JTI, value: 'j'.repeat(401) }],
  ['a sub that is too long', { ...BLOCK, value: 's'.repeat(401) }],
])('%s is said to be none, and no order is left', async (_, command) => {
  const store = opened();
  const before = readdirSync(folder);
  await expect(tokenCommand(command, environment, { takenWithinMs: 100 })).rejects.toThrow(
    /^A jti or sub has 1 to 400 characters\. Nothing was done\.$/,
  );
  expect(readdirSync(folder)).toEqual(before);
  await store.close();
});

test('without a store nothing is made', async () => {
  await expect(tokenCommand(JTI, environment)).rejects.toThrow('is STORE_URL right?');
  expect(readdirSync(folder)).toEqual([]);
});

const run = (...args: readonly string[]) => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env: environment,
  });
  return { status, stdout, stderr };
};

test('the command says how it is used, and fails in words', () => {
  expect(run('revoke')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('npm run tokens') });
  expect(run('list')).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/^There is no store at .*\n$/) });
});
