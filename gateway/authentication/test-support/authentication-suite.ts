import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportSPKI, importJWK, type JSONWebKeySet } from 'jose';
import { allowedClients, readClients } from '../../../schema/clients.ts';
import { readPermissionTable } from '../../../schema/permission-table.ts';
import { denyList } from '../deny-list.ts';
import { newRevocation } from '../revocations/revocation.ts';
import { signInProblems } from '../sign-in/sign-in-problems.ts';
import { tokenVerifier, type TokenVerifierOptions } from '../token-verifier.ts';
import { base64url } from './forger.ts';
import { refusal } from './verifier-under-test.ts';

/** A running identity provider with the realm of `schema/clients.json`: the sign-in server, or a real Keycloak. */
export interface IdentityProvider {
  readonly issuer: string;
  tokenFor(clientId: string, options?: { scope?: string }): Promise<string>;
  tokensOf(
    login: string,
    options?: { scope?: string },
  ): Promise<{ access_token: string; id_token?: string | undefined }>;
  /** A new key signs from now on; the old one stays in the key set. */
  rotateKeys(): Promise<void>;
  /** Does something before such a realm that lacks a scope. */
  withoutScope(scope: string, task: (issuer: string) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const file = readClients();
const table = readPermissionTable(new URL('../../../schema/generated/permissions.json', import.meta.url));
const services = file.clients.filter(({ kind }) => kind === 'service');

/** What must hold whatever identity provider issues the tokens; cases by their number. */
export function describeAuthentication(name: string, start: () => Promise<IdentityProvider>): void {
  describe(`authentication with ${name}`, () => {
    let idp: IdentityProvider;
    let token: string;
    beforeAll(async () => {
      idp = await start();
      token = await idp.tokenFor('health-system');
    }, 240_000);
    afterAll(() => idp.close());

    const verifying = async (jwt: string, changes: Partial<TokenVerifierOptions> = {}) => {
      const knownRoles = file.roles.map(({ name: role }) => role);
      const verifier = tokenVerifier({
        issuer: idp.issuer,
        allowedClients: allowedClients(file),
        knownRoles,
        ...changes,
      });
      return (await verifier.verify([`Bearer ${jwt}`])).caller;
    };
    const refused = (jwt: string, changes?: Partial<TokenVerifierOptions>) => refusal(verifying(jwt, changes));

    test.each(services.map((client) => [client.clientId, client] as const))(
      '%s is known by its token',
      async (_, client) => {
        const caller = await verifying(await idp.tokenFor(client.clientId));
        const { department, organisation, division, roles, purposes } = client;
        expect(caller).toMatchObject({ client: client.clientId, department, organisation, division, personId: null });
        expect([caller.roles, caller.purposes].map((list) => list.toSorted())).toEqual(
          [roles, purposes].map((list) => list.toSorted()),
        );
        expect(hubScopes(caller.scopes)).toEqual(client.scopes.toSorted());
      },
    );

    test.each(file.people.map((person) => [person.login, person] as const))(
      '%s signs in by code and PKCE',
      async (_, person) => {
        const caller = await verifying((await idp.tokensOf(person.login)).access_token);
        const { department, division } = person;
        expect(caller).toMatchObject({ client: 'hub-console', subject: person.subject, department, division });
        expect(person.scopes).toEqual(expect.arrayContaining(hubScopes(caller.scopes)));
        expect(caller.scopes.length).toBeGreaterThan(0);
      },
    );

    test('a client gets more by asking, and nothing that it is not granted', async () => {
      const scope = 'education:counselling:read person:identity:read';
      const { scopes } = await verifying(await idp.tokenFor('health-system', { scope }));
      expect(scopes).toEqual(expect.arrayContaining(['health:visits:read', ...scope.split(' ')]));
      for (const wanted of ['audit:read', 'health:everything:read', 'statistics:read']) {
        await expect(idp.tokenFor('health-system', { scope: wanted })).rejects.toThrow('invalid_scope');
      }
    });

    test('a person who asks for what somebody else holds does not get it', async () => {
      const { scopes } = await verifying(
        (await idp.tokensOf('mother', { scope: 'emergency:access consent:write' })).access_token,
      );
      expect(scopes).toContain('consent:write');
      expect(scopes).not.toContain('emergency:access');
      expect(scopes).not.toContain('audit:read');
    });

    test('nothing is wrong with it for the hub; a scope that it no longer has is told', async () => {
      const scopes = [...table.values()].flatMap((permission) => permission.scopes.flat());
      const ownToken = async () => ({ token: await idp.tokenFor('hub-api'), notBeforeSeconds: 0 });
      const problems = async (issuer: string) => signInProblems({ issuer, scopes, client: { ownToken } });
      expect(await problems(idp.issuer)).toEqual([]);
      await idp.withoutScope('statistics:read', async (issuer) => {
        const message = expect.stringContaining('which nobody can read now: statistics:read;');
        expect(await problems(issuer)).toEqual([{ kind: 'SCOPES', message }]);
      });
      expect(await problems(idp.issuer)).toEqual([]);
    });

    test('a key of each algorithm that the hub takes is published', async () => {
      const algorithms = (await signatureKeys(idp.issuer)).map(({ alg }) => alg);
      expect(algorithms).toEqual(expect.arrayContaining(['RS256', 'PS256', 'ES256']));
    });

    test('the page to sign in at is Chinese for whoever asks for no other language', async () => {
      const url = new URL(`${idp.issuer}/protocol/openid-connect/auth`);
      url.search = new URLSearchParams({
        client_id: 'hub-console',
        redirect_uri: 'http://127.0.0.1:4000/console/callback',
        response_type: 'code',
        scope: 'openid',
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      }).toString();
      const first = await fetch(url, { redirect: 'manual' });
      const cookie = first.headers.getSetCookie().map((line) => line.split(';')[0]);
      const next = first.headers.get('location');
      const page = next === null ? first : await fetch(new URL(next, url), { headers: { cookie: cookie.join('; ') } });
      const html = await page.text();
      expect(html).toMatch(/<html[^>]* lang="zh-(CN|Hans)/);
      expect(html).toMatch(/登录/);
      expect(html).toContain('id="kc-form-login"');
    });

    test('keys that rotate refuse no token: a new one is known at once, the old one still', async () => {
      const knownRoles = file.roles.map(({ name: role }) => role);
      const verifier = tokenVerifier({ issuer: idp.issuer, allowedClients: allowedClients(file), knownRoles });
      const verify = async (jwt: string) => refusal(verifier.verify([`Bearer ${jwt}`]));
      for (let rotation = 0; rotation < 2; rotation += 1) {
        const old = await idp.tokenFor('health-system');
        expect(await verify(old)).toBe('ACCEPTED');
        await idp.rotateKeys();
        const fresh = await Promise.all(Array.from({ length: 5 }, async () => idp.tokenFor('health-system')));
        expect(decodeProtectedHeader(fresh[0] ?? '').kid).not.toBe(decodeProtectedHeader(old).kid);
        expect(new Set(await Promise.all(fresh.map(verify)))).toEqual(new Set(['ACCEPTED']));
        expect(await verify(await idp.tokenFor('health-system'))).toBe('ACCEPTED');
      }
    });

    test('case 2: alg none over a real token', async () => {
      const [, payload] = token.split('.');
      expect(await refused(`${base64url({ alg: 'none', typ: 'JWT' })}.${payload}.`)).not.toBe('ACCEPTED');
    });

    test('case 3: HS256 signed with a published key', async () => {
      for (const { kid, secret } of await publishedKeys(idp.issuer)) {
        const signed = `${base64url({ alg: 'HS256', typ: 'JWT', kid })}.${token.split('.')[1]}`;
        const signature = createHmac('sha256', secret).update(signed).digest('base64url');
        expect(await refused(`${signed}.${signature}`)).toBe('SIGNATURE');
      }
    });

    test('case 4: another realm of the same server', async () => {
      const issuer = idp.issuer.replace(/care$/, 'other');
      expect(await refused(token, { issuer, jwksUrl: `${idp.issuer}/protocol/openid-connect/certs` })).toBe('CLAIMS');
    });

    test('case 5: another audience', async () => {
      expect(await refused(token, { audience: 'another-api' })).toBe('CLAIMS');
    });

    test('cases 6 and 7: after its time and before', async () => {
      const { exp = 0, iat = 0 } = decodeJwt(token);
      expect(await refused(token, { now: () => (exp + 6) * 1_000 })).toBe('EXPIRED');
      expect(await refused(token, { now: () => (iat - 6) * 1_000 })).toBe('CLAIMS');
    });

    test('case 8: an ID token as access token', async () => {
      const { id_token: idToken = '' } = await idp.tokensOf('mother');
      expect(idToken).not.toBe('');
      expect(await refused(idToken)).toBe('CLAIMS');
      expect(await refused(idToken, { audience: 'hub-console' })).toBe('CLAIMS');
    });

    test('case 9: a client that is not on the list', async () => {
      expect(await refused(token, { allowedClients: ['justice-system'] })).toBe('CLIENT');
    });

    test.each(['TOKEN', 'SUBJECT'] as const)('case 10: a revoked token, by %s', async (kind) => {
      const { jti = '', sub = '' } = decodeJwt(token);
      const denied = denyList();
      denied.take({ version: 1, data: newRevocation({ kind, value: kind === 'TOKEN' ? jti : sub }, Date.now) });
      expect(await refused(token, { denyList: denied })).toBe('REVOKED');
    });
  });
}

/** Without the scopes of the protocol itself (`openid`, `profile` …), which have no colon. */
function hubScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope.includes(':')).toSorted();
}

async function signatureKeys(issuer: string) {
  const response = await fetch(`${issuer}/protocol/openid-connect/certs`);
  const { keys } = (await response.json()) as JSONWebKeySet;
  return keys.filter(({ use }) => use === 'sig');
}

async function publishedKeys(issuer: string) {
  return Promise.all(
    (await signatureKeys(issuer)).map(async (jwk) => {
      const key = await importJWK(jwk);
      if (key instanceof Uint8Array) throw new Error('a secret key is published');
      return { kid: jwk.kid, secret: await exportSPKI(key) };
    }),
  );
}
