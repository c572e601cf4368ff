/** OpenID Connect Back-Channel Logout 1.0: what is taken, what is none, and that a session's tokens are withdrawn. */
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createLocalJWKSet, type JWTPayload } from 'jose';
import type { Store } from '../../../adapters/store/port.ts';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import { silentLog } from '../../../subgraphs/shared/log.ts';
import { type FrontDoor, frontDoor } from '../../front-door.fixture.ts';
import { followRevocations } from '../revocations/follow-revocations.ts';
import { inForce, revocations as inStore } from '../revocations/revocation.ts';
import { type Forger, forger } from '../test-support/forger.ts';
import { LOGOUT_PATH } from './logout-page.ts';
import { takeLogout } from './take-logout.ts';

const ISSUER = 'https://sign-in.example/realms/care';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const NOW = 1_800_000_000_000;
const SECONDS = NOW / 1_000;

let key: Forger;
let stranger: Forger;
let store: Store;
let door: FrontDoor;
let revocations: Awaited<ReturnType<typeof followRevocations>>;
let now: number;
beforeAll(async () => {
  [key, stranger] = await Promise.all([forger('first'), forger('first')]);
});
beforeEach(async () => {
  now = NOW;
  store = openSqliteStore({ file: ':memory:' });
  const clock = () => now;
  revocations = await followRevocations({ store, inbox: null, log: silentLog, now: clock, every: () => () => {} });
  const take = takeLogout({
    issuer: ISSUER,
    clients: ['hub-console', 'health-system'],
    keys: createLocalJWKSet({ keys: [key.publicJwk] }),
    store,
    look: revocations.look,
    log: silentLog,
    now: clock,
  });
  door = await frontDoor('type Query { a: Int }', { takeLogout: take });
});
afterEach(async () => {
  await door.close();
  await revocations.close();
  await store.close();
});

const claims = (changes: JWTPayload = {}): JWTPayload => ({
  iss: ISSUER,
  aud: 'hub-console',
  iat: SECONDS,
  exp: SECONDS + 120,
  jti: 'logout-1',
  sid: 'sid-1',
  sub: 'somebody',
  typ: 'Logout',
  events: { [EVENT]: {} },
  ...changes,
});
const logoutToken = async (changes: JWTPayload = {}, header: object = {}, by = key) =>
  by.sign(claims(changes), { typ: 'logout+jwt', ...header });

async function post(body: string, type = 'application/x-www-form-urlencoded') {
  const response = await fetch(new URL(LOGOUT_PATH, door.url), {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  return { status: response.status, cache: response.headers.get('cache-control'), text: await response.text() };
}
const told = async (token: string) => post(new URLSearchParams({ logout_token: token }).toString());
const denied = async (changes: object = {}) =>
  revocations.list.denies({ jti: 'j', subject: 'somebody', sessionId: 'sid-1', issuedAtSeconds: SECONDS, ...changes });

test('case 10: a session that ended at the sign-in server: its tokens are withdrawn, those of another are not', async () => {
  expect(await denied()).toBe(false);
  expect(await told(await logoutToken())).toMatchObject({ status: 200, cache: 'no-store' });
  expect([await denied(), await denied({ sessionId: 'sid-2' }), await denied({ sessionId: null })]).toEqual([
    true,
    false,
    false,
  ]);
});

test('case 10: without a session all that the subject had until then, and nothing later', async () => {
  now += 60_000;
  expect((await told(await logoutToken({ sid: undefined }))).status).toBe(200);
  expect([await denied({ sessionId: 'another' }), await denied({ issuedAtSeconds: SECONDS + 6 })]).toEqual([
    true,
    false,
  ]);
  expect(await denied({ subject: 'somebody else' })).toBe(false);
});

test('case 10: the same token again is refused, at any gateway of the store, and changes nothing', async () => {
  const token = await logoutToken({ sid: undefined });
  expect((await told(token)).status).toBe(200);
  now += 100_000;
  expect((await told(token)).status).toBe(400);
  expect(await denied({ issuedAtSeconds: SECONDS + 50 })).toBe(false);
});

test('a logout is one document of the deny-list, which every gateway reads; that its token is used is looked up', async () => {
  await told(await logoutToken());
  const { items } = await store.page(inStore, { ...inForce(() => now), first: 10 });
  expect(items.map(({ data }) => data.kind)).toEqual(['SESSION']);
});

test.each<[string, () => Promise<string>]>([
  ['no JWT', async () => 'a.b.c'],
  ['signed by a stranger', async () => logoutToken({}, {}, stranger)],
  ['an access token by its header', async () => logoutToken({}, { typ: 'JWT' })],
  ['without a type', async () => logoutToken({}, { typ: undefined })],
  ['of another issuer', async () => logoutToken({ iss: `${ISSUER}2` })],
  ['for another client', async () => logoutToken({ aud: 'stranger' })],
  ['for nobody', async () => logoutToken({ aud: undefined })],
  ['without iat', async () => logoutToken({ iat: undefined })],
  ['without exp', async () => logoutToken({ exp: undefined })],
  ['without jti', async () => logoutToken({ jti: undefined })],
  ['that has expired', async () => logoutToken({ iat: SECONDS - 130, exp: SECONDS - 10 })],
  ['old, and good for years', async () => logoutToken({ iat: SECONDS - 310, exp: SECONDS + 1e8 })],
  ['from the future', async () => logoutToken({ iat: SECONDS + 60 })],
  ['with a nonce', async () => logoutToken({ nonce: 'n' })],
  ['without an event', async () => logoutToken({ events: undefined })],
  ['of another event', async () => logoutToken({ events: { 'urn:x': {} } })],
  ['whose event is no object', async () => logoutToken({ events: { [EVENT]: 'x' } })],
  ['of no session and no subject', async () => logoutToken({ sid: undefined, sub: undefined })],
  ['with a session that is no text', async () => logoutToken({ sid: 7 })],
])('case 10: a logout token %s ends nothing', async (_, made) => {
  const { status, text } = await told(await made());
  expect([status, JSON.parse(text)]).toEqual([400, { error: 'invalid_request' }]);
  expect(await denied()).toBe(false);
});

test('case 10: nor do two of them, none, one in the address, one as JSON, or a body without end', async () => {
  const token = await logoutToken();
  expect((await post(`logout_token=${token}&logout_token=${token}`)).status).toBe(400);
  expect((await post('')).status).toBe(400);
  expect((await post(JSON.stringify({ logout_token: token }), 'application/json')).status).toBe(400);
  expect((await post(`logout_token=${token}&x=${'x'.repeat(20_000)}`)).status).toBe(413);
  const got = await fetch(new URL(`${LOGOUT_PATH}?logout_token=${token}`, door.url));
  expect(got.status).toBe(404);
  expect(await denied()).toBe(false);
});

test('case 10: a logout that the store does not take is refused, and taken when it comes again', async () => {
  const token = await logoutToken();
  const save = store.save.bind(store);
  store.save = async () => Promise.reject(new Error('planted'));
  expect((await told(token)).status).toBe(400);
  store.save = save;
  expect((await told(token)).status).toBe(200);
  expect(await denied()).toBe(true);
});
