import { createHash, createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DepartmentSystem } from '../shared/department-system.ts';
import { createWorld, storyPerson } from '../world/world.ts';
import { startUnionSystem } from './system.ts';

const world = createWorld();
const NOW = Date.parse('2026-11-20T09:00:00+08:00');
let clock = NOW;
let system: DepartmentSystem;
beforeAll(async () => {
  system = await startUnionSystem({ world, now: () => clock });
});
afterAll(() => system.close());

const mother = storyPerson(world, 'mother').localIds.union[0] ?? '';
const pupil = storyPerson(world, 'pupil-in-crisis').localIds.union[0] ?? '';

interface Signing {
  readonly method?: string;
  readonly body?: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  /** What is signed in place of the path that is asked. */
  readonly signed?: string;
  readonly changed?: Record<string, string>;
}

/** Signs by hand: the query of these tests stands in the order in which it is signed. */
async function ask(path: string, signing: Signing = {}) {
  const { method = 'GET', body = '', timestamp = String(Math.floor(clock / 1_000)), nonce = randomUUID() } = signing;
  const url = new URL(`${system.settings.UNION_URL}/${path}`);
  const [signedPath = '', query = ''] = (signing.signed ?? `${url.pathname}${url.search}`).split('?');
  const digest = createHash('sha256').update(body).digest('hex');
  const text = [method, signedPath, query, timestamp, nonce, digest].join('\n');
  const secret = system.settings.UNION_APP_SECRET ?? '';
  const response = await fetch(url, {
    method,
    ...(body !== '' && { body }),
    headers: {
      'x-app-key': system.settings.UNION_APP_KEY ?? '',
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': createHmac('sha256', secret).update(text).digest('hex'),
      ...signing.changed,
    },
  });
  const { code, data } = (await response.json()) as { code: number; data?: Record<string, unknown> };
  return { status: response.status, code, data };
}

describe('signatures', () => {
  const path = `aid/grants?memberNos=${mother}&page=1&size=50`;

  test('a request that is rightly signed is answered', async () => {
    expect(await ask(path)).toMatchObject({ status: 200, code: 0, data: { page: 1, size: 50, known: [mother] } });
    expect(await ask(path, { changed: { 'x-other': 'anything' } })).toMatchObject({ status: 200 });
  });

  test.each<readonly [string, Signing, number]>([
    ['no key', { changed: { 'x-app-key': '' } }, 40101],
    ['an unknown key', { changed: { 'x-app-key': 'stranger' } }, 40101],
    ['no signature', { changed: { 'x-signature': '' } }, 40102],
    ['a signature in capitals of nothing', { changed: { 'x-signature': 'A'.repeat(64) } }, 40102],
    ['a signature over another path', { signed: '/openapi/v1/ping' }, 40102],
    ['a signature over another query', { signed: `/openapi/v1/aid/grants?memberNos=${pupil}&page=1&size=50` }, 40102],
    ['a signature over another nonce', { changed: { 'x-nonce': randomUUID() } }, 40102],
    ['a signature over another time', { changed: { 'x-timestamp': String(NOW / 1_000 + 1) } }, 40102],
    ['an old timestamp', { timestamp: String(NOW / 1_000 - 301) }, 40103],
    ['a timestamp of the future', { timestamp: String(NOW / 1_000 + 301) }, 40103],
    ['no timestamp', { timestamp: '' }, 40103],
    ['a timestamp that is no number', { timestamp: 'NaN' }, 40103],
    ['a nonce that is too short', { nonce: 'once' }, 40104],
  ])('%s is refused', async (_, signing, code) => {
    expect(await ask(path, signing)).toEqual({ status: 401, code, data: undefined });
  });

  test('a request with a body is signed with it', async () => {
    expect(await ask('ping', { method: 'POST', body: '{"a":1}' })).toMatchObject({ status: 404, code: 40400 });
  });

  test('a nonce is taken once, for as long as its timestamp would pass', async () => {
    const nonce = randomUUID();
    const timestamp = String(NOW / 1_000 + 290);
    expect(await ask('ping', { nonce, timestamp })).toMatchObject({ code: 0 });
    for (const later of [0, 299, 580]) {
      clock = NOW + later * 1_000;
      expect(await ask('ping')).toMatchObject({ code: 0 });
      expect(await ask('ping', { nonce, timestamp })).toMatchObject({ status: 401, code: 40105 });
    }
    clock = NOW;
  });

  test('a refused request does not use up its nonce', async () => {
    const nonce = randomUUID();
    expect(await ask('ping', { nonce, changed: { 'x-signature': '0' } })).toMatchObject({ code: 40102 });
    expect(await ask('ping', { nonce })).toMatchObject({ code: 0 });
  });
});

describe('lists', () => {
  test('only members who were asked for come, and those who are known are named', async () => {
    const { data } = await ask(`aid/grants?memberNos=${mother}%2Cnobody&page=1&size=50`);
    expect(data).toMatchObject({ total: 2, known: [mother] });
    expect(data?.list).toMatchObject([{ aidTypeName: '生活救助' }, { aidTypeName: '生活救助' }]);
  });

  test.each([
    [`aid/grants?memberNos=${mother}&page=0&size=50`],
    [`aid/grants?memberNos=${mother}&page=1&size=201`],
    ['aid/grants?memberNos=&page=1&size=50'],
    [`aid/grants?memberNos=${Array.from({ length: 101 }, (_, i) => i).join('%2C')}&page=1&size=50`],
    ['members?page=x&size=50'],
  ])('a wrong question is told with HTTP 200 and a code', async (path) => {
    expect(await ask(path)).toEqual({ status: 200, code: 40000, data: undefined });
  });

  test('a member enters while pages are read, and all lines move down by one', async () => {
    const listOf = async (page: number) => (await ask(`members?page=${page}&size=5`)).data as { list: object[] };
    const first = await listOf(1);
    const second = await listOf(2);
    expect(second.list[0]).toEqual(first.list[4]);
    expect((await listOf(1)).list.slice(1)).toEqual(first.list.slice(0, 4));
  });

  test('calls are counted by category', async () => {
    system.resetCalls();
    for (const path of ['eap/services', 'mediation/cases']) await ask(`${path}?memberNos=${mother}&page=1&size=5`);
    await ask('members?page=1&size=5');
    await ask('ping');
    const once = { 'employee-assistance': 1, 'workplace-mediation': 1, register: 1, probe: 1 };
    expect(system.calls()).toEqual(once);
  });

  test('maintenance is told with HTTP 200 and a code', async () => {
    await system.break('maintenance');
    expect(await ask('ping')).toEqual({ status: 200, code: 50300, data: undefined });
    await system.break(null);
    expect(await ask('ping')).toMatchObject({ code: 0 });
  });
});
