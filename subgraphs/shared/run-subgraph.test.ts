import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { testKeys } from '../../adapters/vault/vault.fixture.ts';
import { runToEnd } from '../../e2e/harness/run-to-end.ts';

const directory = fileURLToPath(new URL('../directory/main.ts', import.meta.url));

test('a subgraph apart whose store may take as long as its operation does not start, and says both', async () => {
  const { exitCode, stderr } = await runToEnd([directory], {
    STORE_URL: 'mongodb://h/care',
    STORE_PASSWORD: 'pass',
    STORE_TIMEOUT_MS: '5000',
    SUBGRAPH_TIMEOUT_MS: '5000',
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('  STORE_TIMEOUT_MS: 5000 must be less than SUBGRAPH_TIMEOUT_MS, which is 5000\n');
  expect(stderr).toContain('  STORE_PASSWORD: STORE_URL names no account that it is of;');
});

const folder = mkdtempSync(join(tmpdir(), 'subgraph-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a subgraph of the hub apart needs, all in order. */
function inOrder(name: string) {
  const keys = join(folder, `${name}-keys.json`);
  writeFileSync(keys, JSON.stringify(testKeys()));
  return {
    ASSERTION_KEY: 'a1'.repeat(32),
    GRANT_SECRET: 'x'.repeat(32),
    ENCRYPTION_KEYS_FILE: keys,
    AUDIT_SPOOL: join(folder, `${name}-spool.jsonl`),
    STORE_URL: `sqlite:${join(folder, `${name}.db`)}`,
  };
}

test('a subgraph apart whose store refuses the start says that in one line, without a stack', async () => {
  const environment = inOrder('strange');
  writeFileSync(join(folder, 'strange.db'), 'This is no database. '.repeat(100));
  const { exitCode, stdout, stderr } = await runToEnd([directory], environment);
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^The store \S+strange\.db holds what the hub cannot read; .*\n$/);
});

test('a subgraph apart whose port is taken says so in one line, and ends', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const PORT = typeof address === 'object' ? String(address?.port) : '';
  const { exitCode, stderr } = await runToEnd([directory], { ...inOrder('taken'), PORT });
  server.close();
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^listen EADDRINUSE.*\n$/);
});
