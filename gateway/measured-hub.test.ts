import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { runToEnd } from '../e2e/harness/run-to-end.ts';

const program = fileURLToPath(new URL('./measured-hub.fixture.ts', import.meta.url));

test('a hub that leaves out a part of the trust does not start in production', async () => {
  const { exitCode, stderr } = await runToEnd([program, 'record'], { NODE_ENV: 'production' });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('this hub records nothing');
});

test('it leaves out nothing by default', async () => {
  const { exitCode, stderr } = await runToEnd([program]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('one of: durability, second-look, record, decision');
});
