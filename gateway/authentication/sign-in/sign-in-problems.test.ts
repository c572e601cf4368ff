import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import tls from 'node:tls';
import { afterEach, expect, test } from '@jest/globals';
import { UnsecuredJWT } from 'jose';
import { HttpStatusError } from '../../../adapters/shared/http-status-error.ts';
import { selfSigned } from '../../subgraph-sources/http/self-signed.fixture.ts';
import { signInProblems } from './sign-in-problems.ts';

const NOW = Date.UTC(2026, 10, 29, 9);
const now = () => NOW;
const opened: Server[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

async function listening(server: Server, host: string): Promise<number> {
  opened.push(server);
  await once(server.listen(0, host), 'listening');
  return (server.address() as AddressInfo).port;
}

interface Told {
  readonly issuer?: string;
  readonly scopes_supported?: readonly string[];
  readonly aheadMs?: number;
}

/** A sign-in server that says of itself what is told, for `issuer` unless it says another. */
function saying({ aheadMs = 0, ...told }: Told): RequestListener {
  return (request, response) => {
    const issuer = `http://${request.headers.host}/realms/care`;
    const path = '/realms/care/.well-known/openid-configuration';
    response.writeHead(request.url === path ? 200 : 404, {
      date: new Date(NOW + aheadMs).toUTCString(),
      'content-type': 'application/json',
    });
    response.end(JSON.stringify({ issuer, ...told }));
  };
}
async function problems(listener: RequestListener, { realm = 'care', ...more }: { realm?: string } & Asked = {}) {
  const port = await listening(createServer(listener), '127.0.0.1');
  return signInProblems({
    issuer: `http://127.0.0.1:${port}/realms/${realm}`,
    scopes: ['a:read', 'b:read'],
    now,
    ...more,
  });
}
type Asked = Pick<Parameters<typeof signInProblems>[0], 'client'>;
const issuing = (aheadMs: number): Asked => ({
  client: {
    ownToken: async () => {
      const iat = (NOW + aheadMs) / 1_000;
      return { token: new UnsecuredJWT({ iat }).encode(), notBeforeSeconds: 0 };
    },
  },
});

test.each<Told>([{}, { scopes_supported: ['openid', 'b:read', 'a:read'] }, { aheadMs: 4_000 }, { aheadMs: -4_000 }])(
  'where all is well there is nothing to say: %j',
  async (told) => expect(await problems(saying(told))).toEqual([]),
);

test('a wrong realm: the server there is another issuer', async () => {
  expect(await problems(saying({ issuer: 'https://sso.example/realms/care' }))).toEqual([
    { kind: 'ISSUER', message: expect.stringMatching(/^OIDC_ISSUER: is http.* calls itself https:\/\/sso\.example/) },
  ]);
});

test.each<[string, RequestListener, string]>([
  ['no such realm', saying({}), 'no'],
  ['something else than a realm', (_, response) => response.end('{"realm":"care"}'), 'care'],
])('%s', async (_, listener, realm) => {
  expect(await problems(listener, { realm })).toEqual([
    { kind: 'REALM', message: expect.stringContaining('or import schema/keycloak/realm.json into Keycloak') },
  ]);
});

test('a realm without a scope that the schema needs', async () => {
  expect(await problems(saying({ scopes_supported: ['a:read'] }))).toEqual([
    { kind: 'SCOPES', message: expect.stringMatching(/lacks scopes .*: b:read; see npm run realm -- diff$/) },
  ]);
});

test.each([
  [90_000, '90 s ahead of'],
  [-90_000, '89 s behind'],
])('a clock that is %i ms off', async (aheadMs, said) => {
  expect(await problems(saying({ aheadMs }))).toEqual([{ kind: 'CLOCK', message: expect.stringMatching(said) }]);
  expect((await problems(saying({ aheadMs })))[0]?.message).toContain('set both clocks by NTP');
});

test.each([
  [90_000, '90 s ahead of'],
  [-90_000, '89 s behind'],
])('a clock that is %i ms off, told by the own token where the answer has no date', async (aheadMs, said) => {
  expect(await problems(saying({}), issuing(0))).toEqual([]);
  expect(await problems(saying({}), issuing(aheadMs))).toEqual([
    { kind: 'CLOCK', message: expect.stringMatching(said) },
  ]);
});

test('a secret of the hub that is not accepted', async () => {
  const client = { ownToken: async () => Promise.reject(new HttpStatusError(401)) };
  expect(await problems(saying({}), { client })).toEqual([
    { kind: 'CLIENT', message: expect.stringMatching(/^OIDC_CLIENT_SECRET: .*\(HTTP 401\): it must be the secret/) },
  ]);
});

test.each([
  ['has expired', { notAfter: '250101000000Z' }, /has expired .*\(CERT_HAS_EXPIRED\): renew it/],
  ['is not valid yet', { notBefore: '480101000000Z' }, /not valid yet \(CERT_NOT_YET_VALID\): renew it/],
  ['is of another name', {}, /not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/],
])('a TLS certificate that %s', async (_, validity, message) => {
  const identity = selfSigned('localhost', validity);
  const known = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...known, identity.cert]);
  try {
    const port = await listening(createTlsServer(identity, saying({})), 'localhost');
    const host = Object.keys(validity).length === 0 ? '127.0.0.1' : 'localhost';
    expect(await signInProblems({ issuer: `https://${host}:${port}/realms/care`, scopes: [], now })).toEqual([
      { kind: 'CERTIFICATE', message: expect.stringMatching(message) },
    ]);
  } finally {
    tls.setDefaultCACertificates(known);
  }
});

test.each([
  [13.5, [{ kind: 'CERTIFICATE_ENDS', message: expect.stringMatching(/ends in 13 days: renew it there/) }]],
  [14.5, []],
])('a TLS certificate that ends in %d days', async (days, said) => {
  const identity = selfSigned('localhost', { notAfter: '490101000000Z' });
  const known = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...known, identity.cert]);
  const then = Date.UTC(2049, 0, 1) - days * 86_400_000;
  try {
    const port = await listening(createTlsServer(identity, reached(then)), 'localhost');
    const issuer = `https://localhost:${port}/realms/care`;
    expect(await signInProblems({ issuer, scopes: [], now: () => then })).toEqual(said);
  } finally {
    tls.setDefaultCACertificates(known);
  }
});

/** With TLS before it. */
const reached =
  (at: number): RequestListener =>
  (request, response) =>
    saying({ aheadMs: at - NOW, issuer: `https://${request.headers.host}/realms/care` })(request, response);

test('a certificate that nobody vouches for', async () => {
  const port = await listening(createTlsServer(selfSigned(), saying({})), 'localhost');
  expect(await signInProblems({ issuer: `https://localhost:${port}/realms/care`, scopes: [] })).toEqual([
    { kind: 'CERTIFICATE', message: expect.stringMatching(/DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/) },
  ]);
});

test.each<[string, RequestListener]>([
  ['a failure', (_, response) => response.writeHead(500).end()],
  ['silence', () => {}],
  ['a page', (_, response) => response.end('<p>maintenance</p>')],
])('%s is no answer', async (_, listener) => {
  const port = await listening(createServer(listener), '127.0.0.1');
  const issuer = `http://127.0.0.1:${port}/realms/care`;
  expect(await signInProblems({ issuer, scopes: [], timeoutMs: 200 })).toEqual([
    { kind: 'UNREACHABLE', message: expect.stringContaining(issuer) },
  ]);
});

test('nobody there', async () => {
  const issuer = 'http://127.0.0.1:1/realms/care';
  const [problem] = await signInProblems({ issuer, scopes: [] });
  expect(problem).toMatchObject({ kind: 'UNREACHABLE', message: expect.stringContaining('until it does') });
});
