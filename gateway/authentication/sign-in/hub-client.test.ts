import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { silentLog } from '../../../subgraphs/shared/log.ts';
import { AuthenticationError } from '../authentication-error.ts';
import { hubClient } from './hub-client.ts';
import { type ConfirmToken, tokenConfirmation } from './token-confirmation.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function signInServer(listener: RequestListener) {
  const opened = createServer(listener);
  server = opened;
  await once(opened.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(opened.address() as AddressInfo).port}/realms/care`;
  return hubClient({ issuer, clientId: 'hub-api', clientSecret: 's:ecret', timeoutMs: 1_500 });
}
const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

test('it asks as the hub itself, and reads not-before from the answer with its own token', async () => {
  const client = await signInServer((request, response) => {
    void text(request).then((body) => {
      const right = request.headers.authorization === `Basic ${Buffer.from('hub-api:s%3Aecret').toString('base64')}`;
      if (request.url === '/realms/care/protocol/openid-connect/token/introspect')
        return json({ active: right && body === 'token=a.b.c' })(request, response);
      return json({ access_token: 'own', 'not-before-policy': right ? 17 : 0 })(request, response);
    });
  });
  expect(await client.isActive('a.b.c')).toBe(true);
  expect(await client.isActive('x')).toBe(false);
  expect(await client.ownToken()).toEqual({ token: 'own', notBeforeSeconds: 17 });
});

const refusal = async (asked: Promise<void>) =>
  asked.then(
    () => 'CONFIRMED',
    (error: unknown) => (error instanceof AuthenticationError ? error.reason : String(error)),
  );

test.each<[string, RequestListener]>([
  ['a refusal of the hub itself', json({ error: 'unauthorized_client' }, 401)],
  ['a failure', json({ active: true }, 500)],
  ['a page', (_, response) => response.end('<p>maintenance</p>')],
  ['no word on it', json({})],
  ['a word that is none', json({ active: 'true' })],
  ['silence', () => {}],
  ['a redirect', (_, response) => response.writeHead(302, { location: '/yes' }).end()],
  ['too much', json({ active: true, more: 'x'.repeat(100_000) })],
])('a token is not confirmed by %s, and asked about again', async (_, listener) => {
  let asked = 0;
  const client = await signInServer((request, response) => {
    asked += 1;
    listener(request, response);
  });
  const confirm = tokenConfirmation({ client, log: silentLog });
  expect(await refusal(confirm('a.b.c'))).toBe('UNCONFIRMED');
  expect(await refusal(confirm('a.b.c'))).toBe('UNCONFIRMED');
  expect(asked).toBe(2);
});

/** A sign-in server that answers when it is told to. */
function confirming(mostAtOnce = 100) {
  const clock = { ms: 1_800_000_000_000 };
  const waiting: ((active: boolean) => void)[] = [];
  const isActive = async () =>
    new Promise<boolean>((resolve) => {
      waiting.push(resolve);
    });
  const confirm: ConfirmToken = tokenConfirmation({
    client: { isActive },
    log: silentLog,
    mostAtOnce,
    now: () => clock.ms,
  });
  const answer = (active: boolean) => waiting.splice(0).map((one) => one(active)).length;
  return { clock, confirm, answer };
}

test('what was answered is remembered for five seconds, and who asks meanwhile shares the question', async () => {
  const { clock, confirm, answer } = confirming();
  const first = [refusal(confirm('a')), refusal(confirm('a'))];
  expect(answer(true)).toBe(1);
  expect(await Promise.all(first)).toEqual(['CONFIRMED', 'CONFIRMED']);
  clock.ms += 4_999;
  expect(await refusal(confirm('a'))).toBe('CONFIRMED');
  clock.ms += 1;
  const again = refusal(confirm('a'));
  expect(answer(false)).toBe(1);
  expect(await again).toBe('ENDED');
  expect(await refusal(confirm('a'))).toBe('ENDED');
});

test('so many tokens are asked about at once; who comes beyond is not confirmed and waits for nothing', async () => {
  const { confirm, answer } = confirming(2);
  const asked = ['a', 'b'].map(async (token) => refusal(confirm(token)));
  expect(await refusal(confirm('c'))).toBe('UNCONFIRMED');
  const shared = refusal(confirm('a'));
  expect(answer(true)).toBe(2);
  expect(await Promise.all([...asked, shared])).toEqual(['CONFIRMED', 'CONFIRMED', 'CONFIRMED']);
  const later = refusal(confirm('c'));
  expect(answer(true)).toBe(1);
  expect(await later).toBe('CONFIRMED');
});
