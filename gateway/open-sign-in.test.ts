import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Every } from '../adapters/shared/every.ts';
import type { Store } from '../adapters/store/port.ts';
import { openSqliteStore } from '../adapters/store/sqlite/sqlite-store.ts';
import { readClients } from '../schema/clients.ts';
import { followRevocations } from './authentication/revocations/follow-revocations.ts';
import type { HubConfiguration } from './hub-configuration.ts';
import { openSignIn } from './open-sign-in.ts';

let server: Server;
let store: Store;
const said: object[] = [];
const say = (entry: object) => void said.push(entry);
const log = { error: say, warn: say, info: () => {} };
beforeEach(() => {
  said.length = 0;
  tasks = new Map();
  store = openSqliteStore({ file: ':memory:' });
});
afterEach(async () => {
  server.close();
  await store.close();
});

/** Tasks by how often they are to be done, in milliseconds. */
let tasks: Map<number, () => unknown>;
const every: Every = (milliseconds, task) => {
  tasks.set(milliseconds, task);
  return () => void tasks.delete(milliseconds);
};

/** Opens it before a sign-in server that tells this of itself; `null` is a failure. */
async function opened(told: (issuer: string) => object | null) {
  server = createServer((request, response) => {
    const issuer = `http://${request.headers.host}/realms/care`;
    const answer = told(issuer);
    response.writeHead(answer === null ? 503 : 200).end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/care`;
  const revocations = await followRevocations({ store, inbox: null, log });
  const table = new Map([['Query.a', { classification: 'HUB', scopes: [['audit:read']] }]]);
  const configuration = {
    settings: { OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'hub-api' },
    clients: readClients(),
    schema: { table },
  } as unknown as HubConfiguration;
  return openSignIn(configuration, { own: { store, revocations }, log, every }).finally(async () =>
    revocations.close(),
  );
}

test('a realm of another name keeps the hub from starting, in words', async () => {
  await expect(opened(() => ({ issuer: 'https://sso.example/realms/other' }))).rejects.toThrow(
    /not started; 1 problem.*\n {2}OIDC_ISSUER: is http:.*calls itself https:\/\/sso\.example\/realms\/other/,
  );
});

test('a realm without a scope of the schema does not: it is logged, and measured', async () => {
  const signIn = await opened((issuer) => ({ issuer, scopes_supported: ['openid'] }));
  await signIn.close();
  expect(said).toEqual([{ kind: 'SCOPES' }]);
  expect(await signIn.measures()).toEqual([{ name: 'xinqiao_sign_in_problems', of: 'SCOPES', value: 1 }]);
});

test('nor does a sign-in server where all is well, and there is nothing to say', async () => {
  const signIn = await opened((issuer) => ({ issuer, scopes_supported: ['openid', 'audit:read'] }));
  await signIn.close();
  expect([said, await signIn.measures()]).toEqual([[], []]);
});

test('while nobody answers it is called again after some seconds, and what is wrong there is told then', async () => {
  let answer: object | null = null;
  let asked = 0;
  const signIn = await opened(() => {
    asked += 1;
    return answer;
  });
  const [soon = 0, ...later] = [...tasks.keys()].toSorted((a, b) => a - b);
  expect(soon).toBeLessThanOrEqual(10_000);
  expect(later).toEqual([300_000]);
  const callAgain = async () => tasks.get(soon)?.();
  await callAgain();
  expect([asked, said]).toEqual([2, [{ kind: 'UNREACHABLE' }]]);
  answer = { issuer: 'https://sso.example/realms/other' };
  await callAgain();
  await callAgain();
  expect([asked, said]).toEqual([3, [{ kind: 'UNREACHABLE' }, { kind: 'ISSUER' }]]);
  expect(await signIn.measures()).toEqual([
    { name: 'xinqiao_sign_in_problems', of: 'UNREACHABLE', value: 0 },
    { name: 'xinqiao_sign_in_problems', of: 'ISSUER', value: 1 },
  ]);
  await signIn.close();
  expect([...tasks.keys()]).toEqual([]);
});
