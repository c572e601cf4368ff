import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { deriveKey } from '../../subgraphs/shared/key-derivation.ts';
import { subgraphKeys } from './subgraph-keys.ts';

const SECRETS = { GRANT_SECRET: 'g'.repeat(32), ASSERTION_SECRET: 'a'.repeat(32) };
const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hex = (use: 'grant' | 'assertion', name: string) =>
  deriveKey(use === 'grant' ? SECRETS.GRANT_SECRET : SECRETS.ASSERTION_SECRET, use, name)
    .export()
    .toString('hex');

test("a department's subgraph gets its own two keys, the ones that the gateway derives", () => {
  expect(subgraphKeys('health', SECRETS)).toEqual({
    lines: [`ASSERTION_KEY=${hex('assertion', 'health')}`, `GRANT_KEY=${hex('grant', 'health')}`],
    problems: [],
  });
  expect(hex('grant', 'health')).not.toBe(hex('grant', 'education'));
});

test("the hub's own subgraph gets no grant key: it has the secret", () => {
  expect(subgraphKeys('person', SECRETS).lines).toEqual([`ASSERTION_KEY=${hex('assertion', 'person')}`]);
});

test('case 75: every problem at once, and no key then', () => {
  const { lines, problems } = subgraphKeys('heatlh', { GRANT_SECRET: 'short' });
  expect(lines).toEqual([]);
  expect(problems).toEqual([
    expect.stringContaining('GRANT_SECRET: must have at least 32 characters'),
    'ASSERTION_SECRET: is required, the one that the gateway has (also as ASSERTION_SECRET_FILE)',
    expect.stringContaining('heatlh: no subgraph of the deployment'),
  ]);
});

test('the command reads secrets from files too, and says how it is used', () => {
  const file = join(folder, 'secret');
  writeFileSync(file, `${SECRETS.GRANT_SECRET}\n`);
  const run = (args: readonly string[]) =>
    spawnSync(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url)), ...args], {
      encoding: 'utf8',
      env: { GRANT_SECRET_FILE: file, ASSERTION_SECRET: SECRETS.ASSERTION_SECRET },
    });
  expect(run(['derive', 'health']).stdout.split('\n')).toContain(`GRANT_KEY=${hex('grant', 'health')}`);
  expect(run(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('derive NAME') });
  expect(run(['health'])).toMatchObject({ status: 2, stdout: '' });
});
