import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
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
