import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { httpDoor, type HttpDoorOptions } from './http-door.ts';
import { SourceError } from './source-error.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** A department's service for one test, and a door to it. */
async function doorTo(listener: RequestListener, options: Partial<HttpDoorOptions> = {}) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    listener(request, response);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const door = httpDoor({ source: 'union', baseUrl: `${origin}/api`, timeoutMs: 2_000, backoffMs: 1, ...options });
  return { door, seen, origin };
}

const json =
  (value: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };

describe('addresses', () => {
  test('path segments and query values are encoded by the door', async () => {
    const { door, seen } = await doorTo(json({}));
    await door.get(['Patient', 'a/../b?x=1#y'], {
      query: { _id: 'P1,P2&_include=*', tag: ['一', 2], none: undefined },
    });
    expect(seen[0]?.url).toBe('/api/Patient/a%2F..%2Fb%3Fx%3D1%23y?_id=P1%2CP2%26_include%3D*&tag=%E4%B8%80&tag=2');
  });

  test.each([[['Patient', '..']], [['Patient', '.', 'x']], [['Patient', '']], ['/a/../b'], [['\ud800']]])(
    'a path that leads elsewhere is not asked for: %j',
    async (path) => {
      const { door, seen } = await doorTo(json({}));
      await expect(door.get(path)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
      expect(seen).toHaveLength(0);
    },
  );

  test('a link to the next page is followed within the department', async () => {
    const { door, seen, origin } = await doorTo(json({ ok: true }));
    await door.follow(`${origin}/api/visits?page=2`);
    expect(seen[0]?.url).toBe('/api/visits?page=2');
  });

  test.each([
    'http://evil.example/api/visits',
    '//evil.example/api/visits',
    '/admin',
    '../admin',
    '/api/..%2fadmin',
    'file:///etc/passwd',
    'http://[',
  ])('case 53: a link that leads out of the department is not followed: %s', async (link) => {
    const { door, seen } = await doorTo(json({}));
    await expect(door.follow(link)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(seen).toHaveLength(0);
  });

  test('a link with a password in it is not followed', async () => {
    const { door, seen, origin } = await doorTo(json({}));
    const link = `${origin.replace('//', '//user:pass@')}/api/visits`;
    await expect(door.follow(link)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(seen).toHaveLength(0);
  });

  test.each(['http://user:secret@host/', 'ftp://host/', 'http://host/?key=1', 'http://host/#x', 'nonsense'])(
    'a base like %s is refused at start',
    (baseUrl) => {
      expect(() => httpDoor({ source: 'union', baseUrl })).toThrow();
    },
  );

  test('case 56: a redirect is not followed', async () => {
    const other = await doorTo(json({}));
    const { door } = await doorTo((_, response) => {
      response.writeHead(302, { location: `${other.origin}/api/visits` });
      response.end();
    });
    await expect(door.get('visits')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(other.seen).toHaveLength(0);
  });
});

describe('answers', () => {
  test.each([404, 410])('%d comes back for the caller to make null of', async (status) => {
    const { door } = await doorTo((_, response) => response.writeHead(status).end('<html>'));
    await expect(door.get('visits')).resolves.toMatchObject({ status });
  });

  test.each([
    [400, 'SOURCE_INVALID', 1],
    [401, 'SOURCE_UNAVAILABLE', 1],
    [403, 'SOURCE_UNAVAILABLE', 1],
    [408, 'SOURCE_UNAVAILABLE', 3],
    [429, 'SOURCE_UNAVAILABLE', 3],
    [500, 'SOURCE_UNAVAILABLE', 3],
    [503, 'SOURCE_UNAVAILABLE', 3],
  ])('%d is %s after %d tries', async (status, code, tries) => {
    const { door, seen } = await doorTo((_, response) => response.writeHead(status).end());
    await expect(door.get('visits')).rejects.toMatchObject({ code });
    expect(seen).toHaveLength(tries);
  });

  test('a caller can ask to see a status, as SOAP needs for its faults', async () => {
    const { door, seen } = await doorTo((_, response) =>
      response.writeHead(500, { 'content-type': 'text/xml' }).end('<Fault/>'),
    );
    const pass = ({ status, contentType }: { status: number; contentType: string }) =>
      status === 500 && contentType === 'text/xml';
    const answer = await door.send('POST', 'soap', { pass, accept: 'text/xml', body: '<Envelope/>', read: true });
    expect([answer.status, answer.text()]).toEqual([500, '<Fault/>']);
    expect(seen).toHaveLength(1);
  });

  test('a kind of JSON stands for JSON', async () => {
    const { door } = await doorTo(json({ ok: true }, { 'content-type': 'application/fhir+json; charset=utf-8' }));
    expect((await door.get('x')).json(z.object({ ok: z.boolean() }))).toEqual({ ok: true });
  });

  test('xhtml is not XML', async () => {
    const { door } = await doorTo(json('', { 'content-type': 'application/xhtml+xml' }));
    await expect(door.get('x', { accept: 'text/xml' })).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test.each([
    ['a type is told', 'text/html', 'content type text/html'],
    ['a number is not', 'text/110101199001011237', 'content type unreadable'],
    ['nor is a long text', `x${'y'.repeat(5_000)}/z`, 'content type unreadable'],
  ])('case 66: what stands in place of a content type: %s', async (_, type, told) => {
    const { door } = await doorTo(json({}, { 'content-type': type }));
    await expect(door.get('x')).rejects.toMatchObject({ code: 'SOURCE_INVALID', cause: { message: told } });
  });

  test('text is decoded by its charset', async () => {
    const { door } = await doorTo((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain; charset=GBK' }).end(Buffer.from([0xcd, 0xf5])),
    );
    expect((await door.get('x', { accept: 'text/plain' })).text()).toBe('王');
  });

  test('a body cut off by a broken connection is tried again, then invalid', async () => {
    const { door, seen } = await doorTo((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"a"', () => response.destroy());
    });
    await expect(door.get('x')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(seen).toHaveLength(3);
  });

  test('a department that is not there is unavailable', async () => {
    const door = httpDoor({ source: 'union', baseUrl: 'http://127.0.0.1:1', backoffMs: 1 });
    await expect(door.get('x')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });
});

describe('case 45: slow, hanging and endless departments', () => {
  test('a declared size beyond the limit is refused before it comes', async () => {
    const { door } = await doorTo(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1001' }).flushHeaders();
      },
      { maxBytes: 1_000 },
    );
    await expect(door.get('x')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('an endless body is dropped at the limit, and its connection with it', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const { door } = await doorTo(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const more = () => response.write(Buffer.alloc(16_384, 0x20)) && setImmediate(more);
        response.on('drain', more).on('close', resolve);
        more();
      },
      { maxBytes: 100_000 },
    );
    await expect(door.get('x')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    await closed;
  });

  test('the limit holds for what a compressed body becomes', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000, 0x20));
    const { door } = await doorTo(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
      },
      { maxBytes: 100_000 },
    );
    expect(bomb.length).toBeLessThan(100_000);
    await expect(door.get('x')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('a service that hangs, also within its body, ends at the deadline', async () => {
    const silent = await doorTo(() => undefined, { timeoutMs: 40 });
    const dripping = await doorTo(
      (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
      { timeoutMs: 40 },
    );
    await expect(silent.door.get('x')).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    await expect(dripping.door.get('x')).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
  });

  test('case 46: when the caller goes, the connection goes', async () => {
    const caller = new AbortController();
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const { door } = await doorTo((_, response) => {
      response.on('close', resolve);
      caller.abort();
    });
    await expect(door.get('x', { signal: caller.signal })).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    await closed;
  }, 10_000);

  test('after failures in a row the department is left alone', async () => {
    const { door, seen } = await doorTo((_, response) => response.writeHead(500).end(), { failuresToOpen: 3 });
    await expect(door.get('x')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(door.state).toBe('open');
    await expect(door.get('x')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(seen).toHaveLength(3);
  });
});

describe('requests', () => {
  test('a write is sent once, a read by POST is tried again', async () => {
    const { door, seen } = await doorTo((_, response) => response.writeHead(503).end());
    await expect(door.send('POST', 'x', { body: '{}' })).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(seen).toHaveLength(1);
    await expect(door.send('POST', 'x', { body: '{}', read: true })).rejects.toThrow();
    expect(seen).toHaveLength(4);
  });

  test('headers can be made anew for each try, from what is sent', async () => {
    let signed = 0;
    const { door, seen } = await doorTo((_, response) => response.writeHead(503).end(), {
      headers: { 'x-client': 'hub', 'x-who': 'door' },
    });
    const headers = ({ method, url }: { method: string; url: URL }) => ({
      'x-who': 'call',
      'x-signature': `${method} ${url.pathname}${url.search} ${(signed += 1)}`,
    });
    await expect(door.get('x', { query: { a: 1 }, headers })).rejects.toThrow();
    expect(seen.map((request) => request.headers['x-signature'])).toEqual([1, 2, 3].map((n) => `GET /api/x?a=1 ${n}`));
    expect([seen[0]?.headers['x-client'], seen[0]?.headers['x-who']]).toEqual(['hub', 'call']);
  });

  test.each([
    ['7', 7_000, 7_000],
    [new Date(Date.now() + 600_000).toUTCString(), 590_000, 600_000],
    [new Date(0).toUTCString(), 0, 0],
    ['soon', null, null],
    ['-1e9', null, null],
  ])('the pause that the department asks for is known: Retry-After %s', async (value, least, most) => {
    const { door } = await doorTo((_, response) => response.writeHead(429, { 'retry-after': value }).end(), {
      retries: 0,
    });
    const error: unknown = await door.get('x').catch((caught: unknown) => caught);
    if (!(error instanceof SourceError)) throw new Error('it did not fail as it should');
    if (least === null) expect(error.retryAfterMs).toBeNull();
    else expect(error.retryAfterMs).toBeGreaterThanOrEqual(least);
    expect(error.retryAfterMs ?? 0).toBeLessThanOrEqual(most ?? 0);
  });
});
