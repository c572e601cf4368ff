import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { readClients } from '../../schema/clients.ts';
import { signInByCode } from './code-flow.ts';
import { type SignInServer, startSignInServer } from './server.ts';
import { type SignInClient, signInClient } from './sign-in-client.ts';

let server: SignInServer;
let client: SignInClient;
beforeAll(async () => {
  server = await startSignInServer({ personIds: { child: 'p2' } });
  client = signInClient(server);
});
afterAll(() => server.close());

const at = (path: string) => `${server.issuer}/protocol/openid-connect/${path}`;
const post = (path: string, form: Record<string, string>) =>
  fetch(at(path), { method: 'POST', body: new URLSearchParams(form) });
const redirectUri = 'http://127.0.0.1:4000/console/callback';

test('an access token looks like one of Keycloak', async () => {
  const token = await client.tokenFor('civil-affairs-system');
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) });
  const claims = decodeJwt(token);
  expect(claims).toMatchObject({
    iss: server.issuer,
    aud: 'hub-api',
    typ: 'Bearer',
    azp: 'civil-affairs-system',
    client_id: 'civil-affairs-system',
    realm_access: { roles: ['department-system'] },
    department: 'CIVIL_AFFAIRS',
    jti: expect.any(String),
    sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(Number(claims.exp) - Number(claims.iat)).toBe(300);
});

test('a client without default scopes has an empty scope, not none; one without a department no such claim', async () => {
  const file = readClients();
  const clients = file.clients.map((entry) => ({ ...entry, scopes: [] }));
  const bare = await startSignInServer({ clients: { ...file, clients } });
  const claims = decodeJwt(await signInClient(bare).tokenFor('vendor-sandbox'));
  expect(claims['scope']).toBe('');
  expect(Object.keys(claims)).not.toContain('department');
  await bare.close();
});

test('only whoever asks for the own record can have a person id', async () => {
  const mistaken = await startSignInServer({ personIds: { 'health-worker': 'p1' } });
  expect(decodeJwt(await signInClient(mistaken).signIn('health-worker'))['person_id']).toBeUndefined();
  await mistaken.close();
});

test.each(['PS256', 'ES256', 'RS256'] as const)('tokens can be signed by %s', async (algorithm) => {
  server.signWith(algorithm);
  const token = await client.tokenFor('union-system');
  expect(decodeProtectedHeader(token).alg).toBe(algorithm);
  await jwtVerify(token, createRemoteJWKSet(new URL(at('certs'))));
});

test('a secret may also be posted; a wrong one gets nothing', async () => {
  const form = { grant_type: 'client_credentials', client_id: 'auditor', client_secret: server.secretOf('auditor') };
  expect((await post('token', form)).status).toBe(200);
  expect((await post('token', { ...form, client_secret: 'guess' })).status).toBe(401);
  expect((await post('token', { grant_type: 'client_credentials', client_id: 'auditor' })).status).toBe(401);
});

test('the hub itself gets a token that opens nothing, and may ask about it', async () => {
  const token = await client.tokenFor('hub-api');
  expect(decodeJwt(token)).toMatchObject({ azp: 'hub-api', aud: 'hub-api', scope: '', purposes: [] });
  await expect(client.tokenFor('hub-api', { scope: 'audit:read' })).rejects.toThrow('invalid_scope');
});

test('not-before is said with every token, and what is older is inactive', async () => {
  const credentials = { client_id: 'hub-api', client_secret: server.secretOf('hub-api') };
  const own = async () => (await post('token', { ...credentials, grant_type: 'client_credentials' })).json();
  const active = async (token: string) =>
    (await (await post('token/introspect', { ...credentials, token })).json()) as { active: boolean };
  const { access_token: token, 'not-before-policy': before } = (await own()) as Record<string, string>;
  expect(before).toBe(0);
  expect(await active(String(token))).toMatchObject({ active: true });
  const later = Math.floor(Date.now() / 1_000) + 60;
  server.setNotBefore(later);
  expect([await active(String(token)), await own()]).toMatchObject([{ active: false }, { 'not-before-policy': later }]);
  server.setNotBefore(0);
});

test('who asks for the own record has a person id as soon as it is known', async () => {
  expect(decodeJwt(await client.signIn('child'))['person_id']).toBe('p2');
  expect(decodeJwt(await client.signIn('mother'))['person_id']).toBeUndefined();
  const put = (login: string) =>
    fetch(new URL(`/people/${login}`, server.issuer), { method: 'PUT', body: '{"personId":"p1"}' });
  expect((await put('mother')).status).toBe(204);
  expect((await put('health-worker')).status).toBe(404);
  expect(decodeJwt(await client.signIn('mother'))['person_id']).toBe('p1');
});

test('the sign-in page is Chinese first, needs no script and names the password', async () => {
  const url = new URL(at('auth'));
  const asked = { client_id: 'hub-console', redirect_uri: redirectUri, response_type: 'code', scope: 'openid' };
  url.search = new URLSearchParams({
    ...asked,
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  }).toString();
  const first = await fetch(url, { redirect: 'manual' });
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const page = await fetch(new URL(first.headers.get('location') ?? '', url), { headers: { cookie } });
  const html = await page.text();
  expect(html).toContain('<html lang="zh-CN">');
  expect(html).toContain('id="kc-form-login"');
  expect(html).toContain(server.password);
  expect(html).not.toContain('<script');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('a wrong password, an unknown user, a foreign redirect: no code', async () => {
  const flow = { issuer: server.issuer, clientId: 'hub-console', redirectUri, password: server.password };
  await expect(signInByCode({ ...flow, login: 'mother', password: 'guess' })).rejects.toThrow('status 401');
  await expect(signInByCode({ ...flow, login: 'nobody' })).rejects.toThrow('status 401');
  await expect(signInByCode({ ...flow, login: 'mother', redirectUri: 'http://evil.example/callback' })).rejects.toThrow(
    'no sign-in form kc-form-login (status 400)',
  );
  await expect(client.signIn('mother', { scope: 'nonsense' })).rejects.toThrow('invalid_scope');
});

test.each<Record<string, string>>([{}, { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }])(
  'PKCE with S256 is required (%j)',
  async (pkce) => {
    const url = new URL(at('auth'));
    const asked = { client_id: 'hub-console', redirect_uri: redirectUri, response_type: 'code', scope: 'openid' };
    url.search = new URLSearchParams({ ...asked, ...pkce }).toString();
    const { headers } = await fetch(url, { redirect: 'manual' });
    expect(headers.get('location')).toContain('error=invalid_request');
  },
);

test('introspection answers the audience alone, and tells what was revoked', async () => {
  const token = await client.tokenFor('health-system');
  const ask = async (clientId: string, secret = server.secretOf(clientId)) => {
    const response = await post('token/introspect', { token, client_id: clientId, client_secret: secret });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  expect((await ask('hub-api')).body).toMatchObject({ active: true, azp: 'health-system' });
  expect((await ask('health-system')).body).toEqual({ active: false });
  expect((await ask('hub-api', 'guess')).status).toBe(401);
  server.revoke(String(decodeJwt(token).jti));
  expect((await ask('hub-api')).body).toEqual({ active: false });
});

test('userinfo names the person behind the token', async () => {
  const headers = { authorization: `Bearer ${await client.signIn('office')}` };
  expect(await (await fetch(at('userinfo'), { headers })).json()).toMatchObject({ preferred_username: 'office' });
  expect((await fetch(at('userinfo'), { headers: { authorization: 'Bearer x' } })).status).toBe(401);
});

test('discovery names the endpoints that there are', async () => {
  const response = await fetch(`${server.issuer}/.well-known/openid-configuration`);
  expect(await response.json()).toMatchObject({
    issuer: server.issuer,
    token_endpoint: at('token'),
    jwks_uri: at('certs'),
    introspection_endpoint: at('token/introspect'),
    code_challenge_methods_supported: ['S256'],
  });
});

test('a page whose name was bent to this address is not served', async () => {
  const { port } = new URL(server.issuer);
  const status = await new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/realms/care', headers: { host: `evil.example:${port}` } });
    asked
      .on('response', (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});
