import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { demoEnvironment } from './demo-environment.ts';

test('a shell reads what the demo wrote; a hub of one’s own gets neither the demo’s store nor its checkpoints', async () => {
  const environment = {
    PORT: '4000',
    STORE_URL: 'sqlite:/tmp/demo/hub.db',
    AUDIT_CHECKPOINTS: 'file:/tmp/demo/checkpoints.jsonl',
    AUDIT_SPOOL: '/tmp/demo/spool.jsonl',
    AUDIT_SIGNING_KEY: '{"kty":"OKP","d":"$HOME `id` it\'s"}',
  };
  const folder = mkdtempSync(join(tmpdir(), 'demo-env-'));
  const file = join(folder, 'demo.env');
  writeFileSync(file, demoEnvironment({ environment, folder: '/tmp/demo' }));
  const { stdout } = await promisify(execFile)('sh', ['-c', `set -a; . '${file}'; exec env -0`], { env: {} });
  rmSync(folder, { recursive: true });
  const read = Object.fromEntries(stdout.split('\0').map((line) => [line.split('=')[0], line.replace(/^[^=]*=/, '')]));
  expect(read).toMatchObject({
    AUDIT_SIGNING_KEY: environment.AUDIT_SIGNING_KEY,
    DEMO_STORE_URL: environment.STORE_URL,
    DEMO_AUDIT_CHECKPOINTS: environment.AUDIT_CHECKPOINTS,
    DEMO_AUDIT_KEYS: '/tmp/demo/audit-keys.json',
  });
  for (const name of ['PORT', 'STORE_URL', 'AUDIT_CHECKPOINTS', 'AUDIT_SPOOL']) expect(read).not.toHaveProperty(name);
});
