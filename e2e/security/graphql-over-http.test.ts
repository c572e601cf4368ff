/** What foreign pages, proxies and other clients can do with the hub's address. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { storyOf } from '../harness/care-seed.ts';
import { caller } from '../harness/caller.ts';
import { expectNothingInside } from '../harness/expect-denied.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';

let stack: Stack;
let pupil: ReturnType<typeof storyOf>;
beforeAll(async () => {
  stack = await startStack();
  pupil = storyOf(stack.world, 'pupil-in-crisis');
}, 60_000);
afterAll(() => stack.close());

const school = async () => caller(stack, 'education-system');
const query = 'query ($id: ID!) { person(id: $id) { maskedName } }';

/** With everything that a right request has, but for what is changed. */
async function sent({ token }: { token: string }, path: string, init: RequestInit) {
  const headers = { authorization: `Bearer ${token}`, 'x-purpose-of-use': 'CARE', ...(init.headers as object) };
  const response = await fetch(new URL(path, stack.gateway), { ...init, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const variables = () => JSON.stringify({ id: pupil.id });
const inUrl = () => `/graphql?${new URLSearchParams({ query, variables: variables() }).toString()}`;
const inBody = () => `{"query":${JSON.stringify(query)},"variables":${variables()}}`;

test.each([
  ['a link', () => [inUrl(), {}] as const],
  [
    'a form',
    () => ['/graphql', { method: 'POST', body: new URLSearchParams({ query, variables: variables() }) }] as const,
  ],
  ['plain text', () => ['/graphql', { method: 'POST', body: inBody() }] as const],
  ['a beacon', () => ['/graphql', { method: 'POST', body: new Blob([inBody()], { type: 'text/plain' }) }] as const],
])('case 47: %s, as a foreign page sends it, is not answered', async (_, request) => {
  const [path, init] = request();
  const { status, text } = await sent(await school(), path, init);
  expect([400, 415]).toContain(status);
  expect(text).not.toContain('**');
  expectNothingInside(JSON.parse(text));
});

test('case 47: no other origin is allowed to ask, or to read the answer', async () => {
  const origin = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
  for (const init of [
    { method: 'OPTIONS', headers: origin },
    { method: 'POST', headers: { ...origin, 'content-type': 'application/json' }, body: inBody() },
  ]) {
    const { headers } = await sent(await school(), '/graphql', init);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test('a GET that says what it is gets the same answer as a POST, and no cache keeps it', async () => {
  const asking = await school();
  const got = await sent(asking, inUrl(), { headers: { 'graphql-require-preflight': '1' } });
  const headers = { 'content-type': 'application/json' };
  const posted = await sent(asking, '/graphql', { method: 'POST', headers, body: inBody() });
  expect([got.status, got.text]).toEqual([200, posted.text]);
  expect(got.headers.get('cache-control')).toBe('no-store');
});

test('what one client registered another does not find by its hash: nobody learns who was asked about', async () => {
  const text = `{ person(id: "${pupil.id}") { maskedName } }`;
  const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') } };
  const codes = async ({ token }: { token: string }, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await sent({ token }, '/graphql', { method: 'POST', headers, body: JSON.stringify(body) });
    return (JSON.parse(answer.text).errors ?? []).map(({ extensions: { code } }: any) => code);
  };
  const [a, b] = [await school(), await caller(stack, 'health-system')];
  expect(await codes(a, { extensions })).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  expect(await codes(a, { query: text, extensions })).toEqual([]);
  expect(await codes(a, { extensions })).toEqual([]);
  expect(await codes(b, { extensions })).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
});
