import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterEach, expect, test } from '@jest/globals';
import { selfSigned } from '../../gateway/subgraph-sources/http/self-signed.fixture.ts';
import { issuerOf, runningRealm } from './running-realm.ts';

let server: Server | null = null;
afterEach(() => {
  server?.close();
});

async function keycloak(listener: RequestListener): Promise<string> {
  const opened = createServer(listener);
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;
}

const account = { realm: 'care', username: 'operator', password: 'planted-password' };
const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const signedInThen =
  (then: RequestListener): RequestListener =>
  (request, response) =>
    (request.url?.endsWith('/token') ? json({ access_token: 't' }) : then)(request, response);

test('the export of the realm is asked for with the token', async () => {
  const url = await keycloak(
    signedInThen((request, response) => {
      const right =
        request.url === '/admin/realms/care/partial-export?exportClients=true&exportGroupsAndRoles=true' &&
        request.headers.authorization === 'Bearer t';
      json({ roles: {}, clients: [{ clientId: 'hub-api' }] }, right ? 200 : 400)(request, response);
    }),
  );
  expect((await runningRealm({ url: `${url}/`, ...account })).clients[0]?.clientId).toBe('hub-api');
});

test.each<[string, RequestListener, RegExp]>([
  ['a wrong password', json({ error: 'planted-body' }, 401), /refused the sign-in with 401: check KEYCLOAK_ADMIN_/],
  ['no right', signedInThen(json({}, 403)), /refused the realm care with 403: the account must be allowed/],
  ['no such realm', signedInThen(json({}, 404)), /refused the realm care with 404: check the address and the name/],
  ["the city's proxy", json({}, 404), /refused the sign-in with 404: .* by its own address/],
  ['something else', signedInThen(json({ clients: 'planted-body' })), /in a form that is not known here/],
  ['no token', json({}), /signed in without a token/],
  [
    'a redirect',
    (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    /gave no answer: check --url/,
  ],
])('%s is told with a remedy, without a word of what came back', async (_, listener, message) => {
  const url = await keycloak(listener);
  const failed = await runningRealm({ url, ...account }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ message: expect.stringMatching(message) });
  expect(String(failed)).not.toMatch(/planted/);
});

test.each([
  ['has expired', true, /certificate of Keycloak at https:.* has expired .*: renew it there/],
  ['nobody vouches for', false, /certificate of Keycloak at https:.* is not trusted .* in NODE_EXTRA_CA_CERTS/],
])('a Keycloak whose TLS certificate %s is said to have such a one', async (_what, isKnown, message) => {
  const identity = selfSigned('localhost', isKnown ? { notAfter: '250101000000Z' } : {});
  const known = tls.getCACertificates('default');
  tls.setDefaultCACertificates(isKnown ? [...known, identity.cert] : known);
  server = createTlsServer(identity);
  await once(server.listen(0, 'localhost'), 'listening');
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  await expect(runningRealm({ url, ...account })).rejects.toThrow(message);
  tls.setDefaultCACertificates(known);
});

test('the issuer is what the realm calls itself, wherever it is asked', async () => {
  const issuer = 'https://sso.city.example/realms/care';
  const url = await keycloak((request, response) =>
    json({ issuer }, request.url === '/realms/care/.well-known/openid-configuration' ? 200 : 404)(request, response),
  );
  expect(await issuerOf({ url, ...account })).toBe(issuer);
});
