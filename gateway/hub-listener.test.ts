import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type FrontDoor, frontDoor } from './front-door.fixture.ts';
import { CONNECTION_LIMITS } from './hub-listener.ts';

const QUICK = { ...CONNECTION_LIMITS, headersMs: 100, requestMs: 200, idleMs: 100, checkEveryMs: 20 };
const HEAD = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

let door: FrontDoor | undefined;
afterEach(async () => {
  await door?.close();
  door = undefined;
});

/** Sends this and no more, and answers all that comes until the hub closes the connection. */
async function spoken(text: string, limits: Partial<typeof CONNECTION_LIMITS> = {}): Promise<string> {
  door = await frontDoor('type Query { hello: String }', { connectionLimits: { ...QUICK, ...limits } });
  const { hostname, port } = new URL(door.url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  socket.write(text);
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString();
}

describe('case 46: a slow client is not waited for', () => {
  test.each([
    ['headers that do not end', HEAD, { requestMs: 60_000 }],
    ['a body that does not come', `${HEAD}content-length: 20\r\n\r\n{"query":`, {}],
    ['a body in pieces that does not end', `${HEAD}transfer-encoding: chunked\r\n\r\n2\r\n{"\r\n`, {}],
  ])('%s', async (_, sent, limits) => {
    const answer = await spoken(sent, limits);
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*connection: close[^]*"code":"BAD_USER_INPUT"/);
    expect(door?.executed()).toBe(0);
  });

  test('a connection that nothing is asked on any more', async () => {
    const body = '{"query":"{ hello }"}';
    const answer = await spoken(`${HEAD}content-length: ${body.length}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK[^]*keep-alive: timeout=0/i);
  });

  test('a connection on which nothing is ever sent', async () => {
    expect(await spoken('', { silentMs: 100 })).toBe('');
  });
});

test.each([
  ['announced', `${HEAD}content-length: 200000\r\n\r\n`],
  ['in pieces', `${HEAD}transfer-encoding: chunked\r\n\r\n30000\r\n${'x'.repeat(0x30_000)}\r\n`],
])('case 42: a body that is too large is not read to its end: %s', async (_, sent) => {
  const answer = await spoken(sent);
  expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*connection: close[^]*"limit":"bodyBytes"/i);
});

test('headers beyond 16 KiB are 431', async () => {
  expect(await spoken(`${HEAD}x-long: ${'x'.repeat(17_000)}\r\n`)).toMatch(/^HTTP\/1\.1 431 [^]*BAD_USER_INPUT/);
});

test('what is no HTTP is 400', async () => {
  expect(await spoken('hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*BAD_USER_INPUT/);
});

describe('RFC 9112, 3.2.2: a target with scheme and host', () => {
  const asked = (head: string, body = '') =>
    spoken(`${head}\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);

  test.each([
    ['POST http://hub.example/graphql HTTP/1.1', '{"query":"{ hello }"}'],
    ['POST HTTPS://hub.example:8443/graphql/?x=1 HTTP/1.1', '{"query":"{ hello }"}'],
    ['GET http://hub.example/graphql?query=%7Bhello%7D HTTP/1.1', ''],
    ['GET http://hub.example/livez HTTP/1.1', ''],
  ])('%s', async (head, body) => {
    expect(await asked(head, body)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test.each(['http://hub.example', 'http://hub.example?query={hello}', 'http:///graphql/x', 'ftp://x/graphql', '*'])(
    '%s names no place of the hub',
    async (target) => {
      expect(await asked(`GET ${target} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 404 /);
    },
  );
});

test.each([
  ['no such page', 'GET /schema HTTP/1.1\r\nhost: x\r\n\r\n', 404],
  ['no such method', 'DELETE /livez HTTP/1.1\r\nhost: x\r\n\r\n', 404],
  [
    'a media type for no page',
    'POST /x HTTP/1.1\r\nhost: x\r\ncontent-type: text/x\r\ncontent-length: 1\r\n\r\nx',
    404,
  ],
  ['no JSON', 'POST /x HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1\r\n\r\n{', 400],
])('what no page answers has the shape of every other refusal: %s', async (_, sent, status) => {
  const answer = await spoken(sent);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*"errors":\\[.*"code":"BAD_USER_INPUT"`));
});
