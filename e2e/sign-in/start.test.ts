import { expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { startSignIn } from './start.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const run = (...args: string[]) => spawn(process.execPath, [main, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });

test('the process gives tokens and ends when told', async () => {
  const signIn = await startSignIn({ personIds: { mother: 'p1' } });
  const token = decodeJwt(await signIn.tokenFor('education-system-b', { scope: 'person:identity:read' }));
  expect(token).toMatchObject({ division: '390107', scope: expect.stringContaining('person:identity:read') });
  expect(decodeJwt(await signIn.signIn('mother'))).toMatchObject({ person_id: 'p1' });
  expect(signIn.clients.map(({ clientId }) => clientId)).not.toContain('hub-console');
  await signIn.close();
  await expect(signIn.tokenFor('education-system')).rejects.toThrow();
});

test('it ends with its parent', async () => {
  const child = run('--port', '0', '--with-parent');
  await once(child.stdout, 'data');
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('--help says how it is used', async () => {
  const child = run('--help');
  const [text] = await once(child.stdout, 'data');
  expect(String(text)).toContain('--port');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  ['production', 'The development sign-in server does not run with NODE_ENV=production; use Keycloak.'],
  ['Production', 'NODE_ENV: must be one of production, development, test, or left out'],
])('it has published keys and passwords, and does not start with NODE_ENV=%s', (mode, words) => {
  // If it did start it would end with its input.
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--port', '0', '--with-parent'], {
    encoding: 'utf8',
    input: '',
    env: { ...process.env, NODE_ENV: mode },
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(words);
});
