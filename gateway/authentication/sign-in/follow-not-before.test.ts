import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UnsecuredJWT } from 'jose';
import { type Store, StoreConflict } from '../../../adapters/store/port.ts';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import { silentLog } from '../../../subgraphs/shared/log.ts';
import { followRevocations } from '../revocations/follow-revocations.ts';
import { followNotBefore } from './follow-not-before.ts';

const NOW = Date.UTC(2026, 10, 29, 9);
let now: number;
let store: Store;
beforeEach(() => {
  now = NOW;
  store = openSqliteStore({ file: ':memory:' });
});
afterEach(() => store.close());
const clock = () => now;
const every = () => () => {};

/** A realm whose not-before an operator sets, and what the hub asked it. */
function realm() {
  const state = { notBefore: 0, down: false, issued: 0, asked: 0, aheadSeconds: 0 };
  const issuedAt = new Map<string, number>();
  const up = () => {
    if (state.down) throw new Error('planted');
  };
  const client = {
    isActive: async (token: string) => {
      up();
      state.asked += 1;
      return (issuedAt.get(token) ?? 0) >= state.notBefore;
    },
    ownToken: async () => {
      up();
      state.issued += 1;
      const iat = Math.floor(now / 1_000) + state.aheadSeconds;
      const token = new UnsecuredJWT({ jti: String(state.issued) }).setIssuedAt(iat).encode();
      issuedAt.set(token, iat);
      return { token, notBeforeSeconds: state.notBefore };
    },
  };
  return { state, client };
}

/** A gateway that follows it into the store that all share. */
async function gateway(client: ReturnType<typeof realm>['client'], log = silentLog) {
  const revocations = await followRevocations({ store, inbox: null, log, now: clock, every });
  const following = followNotBefore({ client, store, look: revocations.look, log, now: clock, every });
  await following.check();
  const denies = async (issuedAtSeconds: number) =>
    revocations.list.denies({ jti: 'j', subject: 's', sessionId: null, issuedAtSeconds });
  return { ...revocations, ...following, denies };
}
const second = () => Math.floor(now / 1_000);

test('case 10: not-before of the realm reaches this gateway at once, and another through the store', async () => {
  const { state, client } = realm();
  const own = await gateway(client);
  const other = await followRevocations({ store, inbox: null, log: silentLog, now: clock, every });
  const issued = second();
  now += 10_000;
  expect(await own.denies(issued)).toBe(false);
  state.notBefore = second();
  await own.check();
  expect([await own.denies(issued), await own.denies(second())]).toEqual([true, false]);
  await other.look();
  const identity = { jti: 'j', subject: 's', sessionId: null, issuedAtSeconds: issued };
  expect(await other.list.denies(identity)).toBe(true);
});

test('case 10: nor does it matter that the sign-in server’s clock was ahead, and is set back', async () => {
  const { state, client } = realm();
  state.aheadSeconds = 172_800;
  const { check, denies } = await gateway(client);
  state.aheadSeconds = 0;
  const issued = second();
  now += 5_000;
  await check();
  now += 5_000;
  state.notBefore = second();
  await check();
  expect([await denies(issued), await denies(second())]).toEqual([true, false]);
});

test('case 10: what was set before the start is in force from the start', async () => {
  const { state, client } = realm();
  state.notBefore = second() - 60;
  const { denies } = await gateway(client);
  expect([await denies(second() - 61), await denies(second() - 60)]).toEqual([true, false]);
});

test('case 10: an instant to come, set by mistake, shuts out all until it is taken back', async () => {
  const { state, client } = realm();
  const { check, denies } = await gateway(client);
  state.notBefore = second() + 1e8;
  await check();
  expect(await denies(second() + 3_600)).toBe(true);
  state.notBefore = 0;
  await check();
  expect(await denies(second() - 1)).toBe(true);
  now += 200_000;
  await check();
  expect(await denies(second())).toBe(false);
});

test('it asks about its own token, and for a new one only before that ends', async () => {
  const { state, client } = realm();
  const { check } = await gateway(client);
  for (let i = 0; i < 50; i += 1) {
    now += 5_000;
    await check();
  }
  expect([state.issued, state.asked]).toEqual([2, 49]);
});

/** What a gateway logs. */
function hearing(): { said: string[]; log: typeof silentLog } {
  const said: string[] = [];
  const say = (_: object, message = '') => void said.push(message);
  return { said, log: { ...silentLog, error: say, info: say } };
}

test('case 10: while the sign-in server does not answer what is known stays in force; it is told once, and again', async () => {
  const { said, log } = hearing();
  const { state, client } = realm();
  state.notBefore = second();
  const { check, denies } = await gateway(client, log);
  state.down = true;
  await check();
  await check();
  expect(await denies(second() - 1)).toBe(true);
  state.down = false;
  await check();
  expect(said).toEqual([
    'not-before of the sign-in server taken',
    'the sign-in server does not say its not-before; what is known stays in force',
    'the sign-in server is asked for its not-before again',
  ]);
});

test('case 10: a store that does not take it is what the log names; it is told once, and tried until it is in force', async () => {
  const { said, log } = hearing();
  const { state, client } = realm();
  state.notBefore = second();
  const { save } = store;
  store.save = async () => Promise.reject(new Error('planted'));
  const { check, denies } = await gateway(client, log);
  await check();
  expect(await denies(second() - 1)).toBe(false);
  store.save = save;
  await check();
  expect(await denies(second() - 1)).toBe(true);
  expect(said).toEqual([
    'not-before of the sign-in server was not put into the store and is not in force; it is tried again',
    'not-before of the sign-in server taken',
    'not-before of the sign-in server can be put into the store again',
  ]);
});

test('case 10: of two gateways that take it at the same moment one finds it taken, and there is nothing to complain of', async () => {
  const { said, log } = hearing();
  const { state, client } = realm();
  state.notBefore = second();
  const { save } = store;
  store.save = async (...given) => {
    await save(...given);
    throw new StoreConflict('revocation', { presentVersion: 1 });
  };
  const { check, denies } = await gateway(client, log);
  expect([await denies(second() - 1), said]).toEqual([true, []]);
  store.save = save;
  await check();
  expect(said).toEqual(['not-before of the sign-in server taken']);
});
