/**
 * Cases 1 to 13 at the front door of a running hub, whatever sign-in server stands behind it: what is refused, that all
 * refusals look alike, and that the hub goes on.
 */
import { execFile } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, type JWTPayload } from 'jose';
import { storyOf } from '../harness/care-seed.ts';
import type { KeyProxy } from '../harness/key-proxy.ts';
import type { Stack } from '../harness/start-stack.ts';
import { rightClaims, type TestKey } from '../harness/test-key.ts';
import { until } from '../harness/until.ts';

/** A hub with a sign-in server behind it, among whose keys is one that the test signs with. */
export interface TokenWorld {
  readonly stack: Stack;
  /** Each by itself, where `stack.gateway` is a load balancer. */
  readonly gateways: readonly string[];
  readonly key: TestKey;
  /** Between the hub and the keys of the sign-in server. */
  readonly keys: KeyProxy;
  /** Whether the test's key is among them. */
  publish(own: boolean): Promise<void>;
  close(): Promise<void>;
}

let world: TokenWorld;
let stack: Stack;
let pupil: string;
let aheadMs = 0;

const QUERY = 'query ($id: ID!) { person(id: $id) { id education { enrolment { grade } } } }';
const now = () => Date.now() + aheadMs;
const seconds = (later: number) => Math.floor(now() / 1_000) + later;
const claims = (changes: JWTPayload = {}) => rightClaims(stack.signIn.issuer, changes, now());
const token = async (changes?: JWTPayload, header?: object) => world.key.sign(claims(changes), { ...header });
const later = (ms: number) => stack.moveClock((aheadMs = ms));
/** A token of now: refused as one from the future until the hub's clock has moved as well. */
const untilServed = async () => untilEach(200, token);
/** What one gateway was told the others learn from the store, within two seconds. */
const untilEach = async (status: number, made: () => Promise<string>) =>
  until(async () => {
    const authorization = [`Bearer ${await made()}`];
    const answers = await Promise.all(world.gateways.map(async (gateway) => send({ gateway, authorization })));
    return answers.every((answer) => answer.status === status);
  });

interface Sent {
  /** Every value is a header line of its own. */
  readonly authorization?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly body?: object;
  readonly gateway?: string;
}

/** By hand: `fetch` joins two headers of a name, an attacker need not. */
async function send({ authorization = [], headers = {}, path = '/graphql', body = {}, gateway = stack.gateway }: Sent) {
  const { protocol, hostname, port } = new URL(gateway);
  const request = protocol === 'https:' ? tlsRequest : plainRequest;
  const sent = request({ method: 'POST', hostname, port, path, agent: false });
  sent.setHeader('content-type', 'application/json');
  sent.setHeader('x-purpose-of-use', 'CARE');
  for (const [name, value] of Object.entries(headers)) sent.setHeader(name, value);
  if (authorization.length > 0) sent.setHeader('authorization', [...authorization]);
  const answered = new Promise<{ status: number; body: string }>((resolve, reject) => {
    sent.once('error', reject).once('response', (response) => {
      void text(response).then((all) => resolve({ status: response.statusCode ?? 0, body: all }), reject);
    });
  });
  sent.end(JSON.stringify({ query: QUERY, variables: { id: pupil }, ...body }));
  return answered;
}

const ask = async (one: string) => send({ authorization: [`Bearer ${one}`] });
const expectServed = async (one: string) => {
  const { status, body } = await ask(one);
  expect([status, JSON.parse(body).data?.person?.education?.enrolment?.length > 0]).toEqual([200, true]);
};
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, payload: object = claims()) => `${base64url(header)}.${base64url(payload)}`;
const hmac = (signed: string, secret: string) =>
  `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
const withHeader = async (header: object) => {
  const [, payload = '', signature = ''] = (await token()).split('.');
  return `${base64url(header)}.${payload}.${signature}`;
};

/** `open` starts all of it. */
export function describeTokens(name: string, open: () => Promise<TokenWorld>): void {
  describe(`tokens of ${name}`, () => {
    beforeAll(async () => {
      world = await open();
      ({ stack } = world);
      pupil = storyOf(stack.world, 'pupil-in-crisis').id;
    }, 300_000);
    afterAll(() => world.close());
    afterEach(async () => {
      world.keys.behave('well');
      await world.publish(true);
      if (aheadMs === 0) return;
      later(0);
      // Hub and sign-in server are back when a token of now is served.
      await until(async () => (await ask(await stack.signIn.tokenFor('education-system'))).status === 200);
    });

    test('a right token is served, or nothing below proves anything', async () => expectServed(await token()));

    describe('who sends no token where it belongs', () => {
      test.each<[string, () => Promise<Sent>]>([
        ['no token', async () => ({})],
        [
          'two tokens in two headers',
          async () => ({ authorization: [`Bearer ${await token()}`, `Bearer ${await token()}`] }),
        ],
        [
          'a right one behind a wrong one',
          async () => ({ authorization: ['Bearer a.b.c', `Bearer ${await token()}`] }),
        ],
        [
          'two tokens in one header',
          async () => ({ authorization: [`Bearer ${await token()}, Bearer ${await token()}`] }),
        ],
        [
          'it as a cookie',
          async () => ({ headers: { cookie: `access_token=${await token()}; KEYCLOAK_IDENTITY=${await token()}` } }),
        ],
        ['it in the address', async () => ({ path: `/graphql?access_token=${await token()}` })],
        ['it in the body', async () => ({ body: { access_token: await token() } })],
        ['it to a proxy', async () => ({ headers: { 'proxy-authorization': `Bearer ${await token()}` } })],
      ])('case 1: %s, is nobody', async (_, made) => {
        const { status, body } = await send(await made());
        expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
        expect(JSON.parse(body).data).toBeUndefined();
      });
    });

    describe('a token that is none of ours', () => {
      test.each<[string, () => Promise<string>]>([
        ['1: garbage', async () => 'a.b.c'],
        ['2: alg none', async () => `${unsigned({ alg: 'none', typ: 'JWT' })}.x`],
        [
          '2: another alg over a valid signature',
          async () => withHeader({ alg: 'PS256', typ: 'JWT', kid: world.key.kid }),
        ],
        [
          '2: the key of the forger in the header',
          async () => withHeader({ alg: 'RS256', kid: world.key.kid, jku: world.keys.url, crit: ['jku'] }),
        ],
        [
          '2: claims changed under the signature',
          async () => {
            const [header = '', , signature = ''] = (await token()).split('.');
            return `${header}.${base64url(claims({ department: 'HEALTH' }))}.${signature}`;
          },
        ],
        [
          '3: HS256 signed with the public key',
          async () => hmac(unsigned({ alg: 'HS256', typ: 'JWT', kid: world.key.kid }), world.key.publicPem),
        ],
        ['4: of another issuer', async () => token({ iss: `${stack.signIn.issuer}/` })],
        ['4: of another realm', async () => token({ iss: stack.signIn.issuer.replace(/care$/, 'master') })],
        ['5: for another audience', async () => token({ aud: 'account' })],
        ['5: for no audience', async () => token({ aud: undefined })],
        ['6: expired', async () => token({ iat: seconds(-400), exp: seconds(-60) })],
        ['6: without exp', async () => token({ exp: undefined })],
        ['6: with a text for exp', async () => token({ exp: String(seconds(300)) as never })],
        ['6: good for years, and old', async () => token({ iat: seconds(-1_000), exp: seconds(1e8) })],
        ['7: not yet', async () => token({ nbf: seconds(60) })],
        ['7: issued in the future', async () => token({ iat: seconds(60) })],
        ['8: an ID token', async () => token({ typ: 'ID' })],
        ['8: a refresh token', async () => token({ typ: 'Refresh' })],
        ['8: a logout token by its header', async () => token({}, { typ: 'logout+jwt' })],
        ['9: of a client that nobody knows', async () => token({ azp: 'admin-cli' })],
        ['9: of no client', async () => token({ azp: undefined })],
        ['10: without jti, which nobody could withdraw', async () => token({ jti: undefined })],
        ['12: of a kid that is not there', async () => token({}, { kid: '../../etc/passwd' })],
      ])('case %s: 401, and no word on why', async (_, made) => {
        const { status, body } = await ask(await made());
        expect([status, body]).toEqual([401, (await ask('a.b.c')).body]);
        expect(body).not.toMatch(/exp|signature|audience|issuer|alg/i);
      });
    });

    test.each(['/k_logout', '/k_push_not_before', '/k_test', '/graphql/k_logout', '/?auth_callback=1&code=x&state=y'])(
      'case 10: keycloak-connect opens no door of its own: %s',
      async (path) => {
        for (const gateway of world.gateways) {
          const { status, body } = await send({ gateway, path, authorization: [`Bearer ${await token()}`] });
          expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([404, 'BAD_USER_INPUT']);
        }
      },
    );

    describe('case 10: a token that was withdrawn by command at the running hub', () => {
      const tokens = async (...args: string[]) => {
        const program = fileURLToPath(new URL('../../gateway/tokens/main.ts', import.meta.url));
        return promisify(execFile)(process.execPath, [program, ...args], { env: stack.environment });
      };

      test('by its jti: that one, also when it was served before; no other of its subject', async () => {
        const [stolen, other] = [await token({ jti: 'stolen' }), await token()];
        await expectServed(stolen);
        expect((await tokens('revoke', '--jti', 'stolen')).stdout).toMatch(/in force at the running hub|within 2 s/);
        await untilEach(401, async () => stolen);
        expect([(await ask(stolen)).status, (await ask(stolen)).body]).toEqual([401, (await ask('a.b.c')).body]);
        await expectServed(other);
      });

      test('by subject: all that it has, what it gets later where it is shut out, and nobody else', async () => {
        const sub = randomUUID();
        const mine = async () => token({ sub, iat: seconds(4) });
        const before = await mine();
        await expectServed(before);
        await tokens('revoke', '--subject', sub, '--block');
        await untilEach(401, async () => before);
        expect([(await ask(before)).status, (await ask(await mine())).status]).toEqual([401, 401]);
        await expectServed(await token());
        await tokens('lift', '--subject', sub);
        await untilEach(200, mine);
        await expectServed(await mine());
      });
    });

    /** The clock was set back before: the sign-in server may see that later than the hub, and date a token ahead. */
    const inStep = async () =>
      until(async () => {
        const { iat = 0 } = decodeJwt(await stack.signIn.tokenFor('education-system'));
        return Math.abs(iat * 1_000 - now()) < 60_000;
      });

    describe('the endpoint of the keys', () => {
      test('case 12: two hundred unknown kid fetch the keys at most every two seconds, and others are served', async () => {
        await expectServed(await token());
        later(11_000);
        await untilServed();
        const [before, began] = [world.keys.fetches(), performance.now()];
        const unknown = async (i: number) => ask(await token({}, { kid: `unknown-${i}` }));
        const flood = await Promise.all(Array.from({ length: 200 }, async (_, i) => unknown(i)));
        expect(new Set(flood.map(({ status }) => status))).toEqual(new Set([401]));
        const most = world.gateways.length * (1 + (performance.now() - began) / 2_000);
        expect(world.keys.fetches() - before).toBeLessThanOrEqual(most);
        await expectServed(await token());
      });

      test.each(['html', 'hang', 'error'] as const)('case 13: %s: known keys go on', async (mood) => {
        world.keys.behave(mood);
        const before = world.keys.fetches();
        later(130_000);
        await untilServed();
        expect((await ask(await token({}, { kid: 'unknown' }))).status).toBe(401);
        await expectServed(await token());
        expect(world.keys.fetches()).toBeGreaterThan(before);
      });

      test('case 11: a key withdrawn from the set signs nothing any more; others do, and its return does', async () => {
        const oldAndNew = { iat: seconds(-1), exp: seconds(600) };
        // Else the hub might not know the key yet.
        await untilServed();
        await world.publish(false);
        later(130_000);
        await until(async () => (await ask(await token(oldAndNew))).status === 401);
        await expectServed(await stack.signIn.tokenFor('education-system'));
        await world.publish(true);
        later(11_000);
        await untilServed();
      });

      test('what is worth it is given only while the sign-in server says that the token holds', async () => {
        const named = 'query ($id: ID!) { person(id: $id) { id name } }';
        const asked = async (one: string) => {
          const { status, body } = await send({ authorization: [`Bearer ${one}`], body: { query: named } });
          const { data = null, errors = [] } = JSON.parse(body);
          return [status, data?.person?.name ?? null, errors[0]?.extensions.code ?? null];
        };
        const scope = 'person:identity:read';
        await inStep();
        const real = await stack.signIn.tokenFor('education-system', { scope });
        expect(await asked(real)).toEqual([200, expect.any(String), null]);
        // Signed by a key of the realm, and yet none that the sign-in server has issued.
        const made = await token({ scope: `${scope} education:enrolment:read` });
        expect(await asked(made)).toEqual([401, null, 'UNAUTHENTICATED']);
        await expectServed(made);
      });

      test('case 13: with nobody there known keys go on', async () => {
        await world.keys.close();
        later(130_000);
        await untilServed();
        await expectServed(await stack.signIn.tokenFor('education-system'));
      });
    });
  });
}
