import { hash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { connect, Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type FrontDoor, frontDoor } from './front-door.fixture.ts';
import { gatewayContext } from './gateway-context.ts';
import { CONNECTION_LIMITS } from './hub-listener.ts';

const QUICK = { ...CONNECTION_LIMITS, headersMs: 100, requestMs: 200, idleMs: 100, checkEveryMs: 20 };
const MOST_SILENT_MS = 4_000;
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
  const closed = Promise.withResolvers<void>();
  socket.once('close', () => closed.resolve());
  socket.setTimeout(MOST_SILENT_MS, () => {
    closed.reject(new Error('the hub leaves it open'));
    socket.destroy();
  });
  socket.write(text);
  await closed.promise;
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
    // Without the other limits: one of them may be the first to see it, and answers.
    expect(await spoken('', { headersMs: 60_000, requestMs: 60_000, silentMs: 100 })).toBe('');
  });
});

test.each([
  ['announced', `${HEAD}content-length: 200000\r\n\r\n`],
  ['in pieces', `${HEAD}transfer-encoding: chunked\r\n\r\n30000\r\n${'x'.repeat(0x30_000)}\r\n`],
])('case 42: a body that is too large is not read to its end: %s', async (_, sent) => {
  const answer = await spoken(sent);
  expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*connection: close[^]*"limit":"bodyBytes"/i);
});

describe('headers', () => {
  const REFUSED = /^HTTP\/1\.1 431 [^]*connection: close[^]*BAD_USER_INPUT/;
  const lines = (count: number) => Array.from({ length: count }, (_, i) => `x-${i}: ${i}\r\n`).join('');
  const BODY = 'content-length: 21\r\n\r\n{"query":"{ hello }"}';

  test('beyond 8 KiB are 431', async () => {
    expect(await spoken(`${HEAD}x-long: ${'x'.repeat(8_200)}\r\n`)).toMatch(REFUSED);
    await door?.close();
    expect(await spoken(`GET /graphql?query=${'x'.repeat(8_200)} HTTP/1.1\r\nhost: x\r\n`)).toMatch(REFUSED);
  });

  // Two stand in the head, one before the body.
  test('case 42: of more than a hundred lines are 431, and nothing of the request is done', async () => {
    expect(await spoken(`${HEAD}${lines(98)}${BODY}`)).toMatch(REFUSED);
    expect(door?.executed()).toBe(0);
    await door?.close();
    expect(await spoken(`${HEAD}${lines(97)}${BODY}`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('of a browser behind two proxies, with a token of 3 kB and a persisted query with its variables in the address, are taken', async () => {
    const text = `authorization: Bearer ${'t'.repeat(3_000)}\r\ncookie: ${'c'.repeat(1_000)}\r\nuser-agent: ${'u'.repeat(200)}\r\n`;
    const parameters = new URLSearchParams({
      query: '{ hello }',
      variables: JSON.stringify({ text: 'x'.repeat(1_000) }),
      extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash('sha256', '{ hello }') } }),
    });
    const asking = `GET /graphql?${parameters.toString()} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    expect(await spoken(`${asking}${text}${lines(30)}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  });
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

describe('load as an attack', () => {
  const BODY = '{"query":"{ hello }"}';
  const ASKING = `${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}`;

  async function connections(count: number): Promise<readonly Socket[]> {
    const { hostname, port } = new URL(door?.url ?? '');
    return Promise.all(
      Array.from({ length: count }, async () => {
        const socket = connect(Number(port), hostname).on('error', () => {});
        await once(socket, 'connect');
        return socket;
      }),
    );
  }
  const opened = async (options: Parameters<typeof frontDoor>[1] = {}) => {
    door = await frontDoor('type Query { hello: String }', options);
    return door;
  };
  const served = async () => (await door?.post({ query: '{ hello }' }))?.status;

  test('case 46: a client that does not read its answer is closed, and what it was sent is thrown away', async () => {
    const ended = Promise.withResolvers<boolean>();
    await opened({
      contextOf: async (_request, response) => {
        response.once('close', () => ended.resolve(response.writableFinished));
        return gatewayContext({
          hub: null,
          requestId: 'request-1',
          signal: new AbortController().signal,
          traceparent: null,
        });
      },
      executor: async () => ({ data: { hello: 'x'.repeat(20_000_000) } }),
      connectionLimits: { ...CONNECTION_LIMITS, silentMs: 100 },
    });
    const [socket] = await connections(1);
    socket?.pause().write(ASKING);
    expect(await ended.promise).toBe(false);
    socket?.destroy();
  });

  test('case 46: a thousand connections that say nothing, and a thousand that stop in the middle, keep nobody waiting', async () => {
    await opened();
    const silent = await connections(1_000);
    const halves = await connections(1_000);
    for (const socket of halves) socket.write(HEAD);
    expect(await served()).toBe(200);
    for (const socket of [...silent, ...halves]) socket.destroy();
    expect(await served()).toBe(200);
  });

  test('case 46: a thousand connections that are opened and closed at once leave nothing behind', async () => {
    await opened();
    for (const socket of await connections(1_000)) socket.destroy();
    expect(await served()).toBe(200);
    expect(door?.executed()).toBe(1);
  });

  test('case 46: who asks on and on and reads no answer is closed; so many are answered in their order', async () => {
    const answers = Promise.withResolvers<void>();
    await opened({
      executor: async () => {
        await answers.promise;
        return { data: { hello: 'world' } };
      },
    });
    const [modest, greedy] = await connections(2);
    const chunks: Buffer[] = [];
    modest?.on('data', (chunk: Buffer) => chunks.push(chunk)).write(ASKING.repeat(8));
    greedy?.resume().write(ASKING.repeat(9));
    await once(greedy ?? new EventEmitter(), 'close');
    answers.resolve();
    modest?.end();
    await once(modest ?? new EventEmitter(), 'close');
    expect(
      Buffer.concat(chunks)
        .toString()
        .match(/HTTP\/1\.1 200 /g),
    ).toHaveLength(8);
    expect(await served()).toBe(200);
  });

  test('case 46: nor does it help who asks on and on that each is answered before the next is read', async () => {
    await opened();
    const [greedy] = await connections(1);
    greedy?.resume().write(ASKING.repeat(20));
    await once(greedy ?? new EventEmitter(), 'close');
    expect(door?.executed()).toBe(8);
  });

  test('case 46: from who asks on and on nothing more is read until it is closed', async () => {
    const [begun, answers] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await opened({
      executor: async () => {
        if (door?.executed() === 8) begun.resolve();
        await answers.promise;
        return { data: { hello: 'world' } };
      },
      connectionLimits: { ...CONNECTION_LIMITS, greedyMs: 1_500 },
    });
    const [greedy = new Socket()] = await connections(1);
    const chunks: Buffer[] = [];
    greedy.on('data', (chunk: Buffer) => chunks.push(chunk)).write(ASKING.repeat(9));
    // More than the buffers on the way hold.
    greedy.write(`${HEAD}x: ${'x'.repeat(7_000)}\r\n\r\n`.repeat(5_000));
    await begun.promise;
    // What it asked for in time is answered meanwhile, which has node:http read on.
    answers.resolve();
    const ended = Promise.withResolvers<string>();
    greedy.once('close', () => ended.resolve('closed')).once('drain', () => ended.resolve('read on'));
    expect(await ended.promise).toBe('closed');
    const answered = Buffer.concat(chunks).toString().split('HTTP/1.1 200 ');
    expect([answered.length - 1, door?.executed()]).toEqual([8, 8]);
  });

  const chunk = 'transfer-encoding: chunked\r\n';
  const smuggled = 'GET /livez HTTP/1.1\r\nhost: x\r\n\r\n';
  test.each([
    ['a length and pieces', `${HEAD}content-length: 5\r\n${chunk}\r\n0\r\n\r\n${smuggled}`],
    ['two lengths', `${HEAD}content-length: 0\r\ncontent-length: 36\r\n\r\n${smuggled}`],
    ['a length with a sign', `${HEAD}content-length: +5\r\n\r\n{}   ${smuggled}`],
    ['pieces by another name', `${HEAD}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a space before the colon', `${HEAD}transfer-encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a folded header', `${HEAD}x: y\r\n transfer-encoding: chunked\r\n\r\n${smuggled}`],
    ['a bare line feed', `${HEAD.replaceAll('\r\n', '\n')}\n${smuggled}`],
    ['a size that is none', `${HEAD}${chunk}\r\n0x5\r\nhello\r\n0\r\n\r\n${smuggled}`],
    ['a NUL in a header', `${HEAD}x: a\0b\r\ncontent-length: 0\r\n\r\n${smuggled}`],
  ])('what a proxy might read otherwise is refused, and its connection closed: %s', async (_, sent) => {
    const answer = await spoken(sent);
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*connection: close/i);
    expect(answer).not.toContain('"live"');
    expect(door?.executed()).toBe(0);
  });

  test.each(['gzip', 'br', 'deflate', 'zstd', 'gzip, identity'])(
    'case 42: a body in %s is not unpacked',
    async (coding) => {
      await opened();
      const answer = await door?.post('x'.repeat(1_000), { 'content-encoding': coding });
      expect([answer?.status, door?.executed()]).toEqual([415, 0]);
    },
  );

  test('headers without end are cut off at their limit, however many there are', async () => {
    const answer = await spoken(`${HEAD}${Array.from({ length: 3_000 }, (_, i) => `x-${i}: ${i}\r\n`).join('')}`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });
});
