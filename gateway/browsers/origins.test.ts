import { afterEach, describe, expect, test } from '@jest/globals';
import { type FrontDoor, frontDoor } from '../front-door.fixture.ts';
import { askDoor } from '../graphql-over-http/door-client.fixture.ts';
import { allowedOrigins } from './allowed-origins.ts';

const DESK = 'https://desk.example';
const ASKS_FIRST = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };

let door: FrontDoor | undefined;
afterEach(async () => {
  await door?.close();
  door = undefined;
});

async function opening(options: Parameters<typeof frontDoor>[1] = {}): Promise<FrontDoor> {
  door = await frontDoor('type Query { hello: String }', options);
  return door;
}

const corsOf = (headers: NodeJS.Dict<string | string[]>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

describe.each(['lean', 'apollo'] as const)('%s', (handler) => {
  test.each([DESK, 'null', '*', '', 'http://127.0.0.1.evil.example', 'http://evil.example/127.0.0.1'])(
    'case 47: without configuration no page of another origin may ask, neither first nor at once: %j',
    async (origin) => {
      const { url, executed } = await opening({ handler });
      for (const asked of [
        { headers: { origin } },
        { headers: { origin, 'content-type': 'text/plain' } },
        { headers: { origin, ...ASKS_FIRST }, method: 'OPTIONS' },
        { headers: { origin }, method: 'GET', path: '/graphql?query=%7Bhello%7D' },
        { headers: { origin }, method: 'GET', path: '/schema.graphql' },
      ]) {
        const { status, headers, body } = await askDoor(url, asked);
        expect([status, body.errors?.[0]?.extensions.code]).toEqual([403, 'BAD_USER_INPUT']);
        expect(corsOf(headers)).toEqual({});
      }
      expect(executed()).toBe(0);
    },
  );

  test('case 47: an origin of the list may ask, without credentials of the browser’s own', async () => {
    const { url, executed } = await opening({ handler, browsers: { origins: ['https://other.example', DESK] } });
    const first = await askDoor(url, { method: 'OPTIONS', headers: { origin: DESK, ...ASKS_FIRST }, body: '' });
    expect([first.status, executed()]).toEqual([204, 0]);
    expect(corsOf(first.headers)).toEqual({
      'access-control-allow-origin': DESK,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringMatching(/^authorization, content-type, x-purpose-of-use/),
      'access-control-max-age': '600',
    });
    const answer = await askDoor(url, { headers: { origin: DESK } });
    expect([answer.status, answer.headers['vary']]).toEqual([200, 'accept, origin']);
    expect(corsOf(answer.headers)).toEqual({
      'access-control-allow-origin': DESK,
      'access-control-expose-headers': 'retry-after',
    });
    const page = await askDoor(url, { method: 'GET', path: '/livez', headers: { origin: DESK } });
    expect(corsOf(page.headers)['access-control-allow-origin']).toBe(DESK);
  });

  test.each([
    'https://evil.example',
    'https://desk.example.evil.example',
    'https://evil-desk.example',
    'http://desk.example',
    'https://desk.example:8443',
    'HTTPS://DESK.EXAMPLE',
    'https://desk.example/',
    'https://desk.example, https://evil.example',
    'null',
    '__proto__',
  ])('case 47: beside an origin that may, %s may not', async (origin) => {
    const { url, executed } = await opening({ handler, browsers: { origins: [DESK] } });
    const { status, headers } = await askDoor(url, { headers: { origin } });
    expect([status, corsOf(headers), executed()]).toEqual([403, {}, 0]);
  });

  test.each([
    'http://hub.example.evil.example',
    'http://hub.example:8080',
    'http://evil.example',
    'ftp://hub.example',
    'hub.example',
  ])('case 47: a name like the hub’s is not the hub’s: %s', async (origin) => {
    const { url } = await opening({ handler });
    expect((await askDoor(url, { headers: { origin, host: 'hub.example' } })).status).toBe(403);
  });

  test('who is no page is asked for no origin, and what the answer depends on is told', async () => {
    const { url } = await opening({ handler, browsers: { origins: [DESK] } });
    const { status, headers } = await askDoor(url, {});
    expect([status, corsOf(headers), headers['vary']]).toEqual([200, {}, 'accept, origin']);
  });

  test.each(['http://hub.example', 'https://hub.example'])(
    'the page of the hub’s own host may ask: %s',
    async (origin) => {
      const { url } = await opening({ handler });
      const { status, headers } = await askDoor(url, { headers: { origin, host: 'hub.example' } });
      expect([status, corsOf(headers)]).toEqual([200, {}]);
    },
  );
});

test.each([
  ['hub.example', 403],
  ['127.0.0.1.evil.example', 403],
  ['localhost.evil.example:80', 403],
  ['localhost:4000', 200],
  ['127.0.0.1', 200],
  ['[::1]:4000', 200],
])('case 47: without tokens, a name that was made to lead to this machine is refused: %s', async (host, expected) => {
  const { url } = await opening({ browsers: { loopbackOnly: true } });
  expect((await askDoor(url, { headers: { host } })).status).toBe(expected);
});

describe('the setting', () => {
  const read = (text: string | undefined) => allowedOrigins().safeParse(text);

  test.each([
    [undefined, []],
    [DESK, [DESK]],
    [`${DESK} , http://127.0.0.1:8080`, [DESK, 'http://127.0.0.1:8080']],
  ])('%j', (text, origins) => expect(read(text).data).toEqual(origins));

  test.each([
    '*',
    'null',
    'desk.example',
    'https://*.example',
    `${DESK}/`,
    `${DESK}/desk`,
    'https://desk.example:443',
    'https://Desk.example',
    'ftp://desk.example',
    'https://u:p@desk.example',
    `${DESK} http://x`,
  ])('%j is refused: it would be the origin of no page, or of every page', (text) =>
    expect(read(text).success).toBe(false),
  );
});
