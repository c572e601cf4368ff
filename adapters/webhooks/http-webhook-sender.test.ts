import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { parseRange } from './address-rules.ts';
import { checkedLookup, type Resolve } from './checked-lookup.ts';
import { httpWebhookSender } from './http-webhook-sender.ts';
import type { WebhookSender } from './port.ts';

const LOOPBACK = [parseRange('127.0.0.1/32') ?? []].flat();

const servers: Server[] = [];
const senders: WebhookSender[] = [];
afterEach(async () => {
  for (const sender of senders.splice(0)) await sender.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
}

async function receiver(listener: RequestListener) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      seen.push({ request, body: Buffer.concat(chunks).toString() });
      listener(request, response);
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { seen, server, port, url: `http://127.0.0.1:${port}/hook`, named: `http://hooks.example:${port}/hook` };
}

function door(options: Parameters<typeof httpWebhookSender>[0] = {}) {
  const sender = httpWebhookSender({ allowedRanges: LOOPBACK, allowHttp: true, ...options });
  senders.push(sender);
  return async (url: string) => sender.send({ url, headers: { 'webhook-id': 'msg_1' }, body: '{"type":"x"}' });
}

const ok: RequestListener = (_, response) => void response.writeHead(200).end('{"challenge":"x"}');

/** A name server that gives one list after the other, the last one for ever. */
function names(...lists: string[][]) {
  const asked: string[] = [];
  const resolve: Resolve = (hostname, done) => {
    const list = lists[Math.min(asked.push(hostname), lists.length) - 1] ?? [];
    done(
      null,
      list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { asked, resolve };
}

test('a message arrives as it was made, and the answer comes back', async () => {
  const { url, seen } = await receiver(ok);
  expect(await door()(url)).toEqual({ kind: 'ANSWERED', status: 200, retryAfterMs: null, body: '{"challenge":"x"}' });
  expect(seen[0]?.body).toBe('{"type":"x"}');
  expect(seen[0]?.request.headers).toMatchObject({
    'webhook-id': 'msg_1',
    'content-type': 'application/json',
    'content-length': '12',
  });
});

test('case 58: a redirect is an answer, not an order', async () => {
  const inside = await receiver(ok);
  const { url } = await receiver((_, response) => void response.writeHead(302, { location: inside.url }).end());
  expect(await door()(url)).toMatchObject({ kind: 'ANSWERED', status: 302 });
  expect(inside.seen).toEqual([]);
});

test.each([
  ['private', ['10.0.0.1']],
  ['loopback', ['::1']],
  ['metadata', ['169.254.169.254']],
  ['IPv4-mapped', ['::ffff:169.254.169.254']],
  ['NAT64', ['64:ff9b::a9fe:a9fe']],
  ['one good, one private', ['127.0.0.1', '10.0.0.1']],
])('case 58: a name that leads to an address that is %s is not connected to', async (_, addresses) => {
  const { named, seen } = await receiver(ok);
  expect(await door({ resolve: names(addresses).resolve })(named)).toEqual({ kind: 'ADDRESS_REFUSED' });
  expect(seen).toEqual([]);
});

test('case 58: the address that was checked is the one connected to: no second look-up, no rebinding', async () => {
  const { named, seen } = await receiver(ok);
  const { asked, resolve } = names(['127.0.0.1'], ['127.0.0.2']);
  expect(await door({ resolve })(named)).toMatchObject({ kind: 'ANSWERED', status: 200 });
  expect(asked).toEqual(['hooks.example']);
  expect(seen).toHaveLength(1);
});

test('case 58: a name that was rebound is refused at the next connection', async () => {
  const { named, server } = await receiver(
    (_, response) => void response.writeHead(200, { connection: 'close' }).end(),
  );
  const { resolve } = names(['127.0.0.1'], ['127.0.0.2']);
  const send = door({ resolve });
  expect(await send(named)).toMatchObject({ kind: 'ANSWERED' });
  expect(await send(named)).toEqual({ kind: 'ADDRESS_REFUSED' });
  expect(server.listening).toBe(true);
});

test.each(['http://127.0.0.2:8080/', 'http://10.0.0.1:8080/', 'http://[::1]:8080/', 'http://user@8.8.8.8/', 'x'])(
  'case 58: %s is refused also if it was registered once',
  async (url) => {
    expect(await door()(url)).toEqual({ kind: 'ADDRESS_REFUSED' });
  },
);

test('case 58: without TLS nothing is sent unless it is allowed', async () => {
  const { url, seen } = await receiver(ok);
  expect(await door({ allowHttp: false })(url)).toEqual({ kind: 'ADDRESS_REFUSED' });
  expect(seen).toEqual([]);
});

test('case 58: a look-up for one address gives one that was checked', (done) => {
  const permits = ['127.0.0.1', '127.0.0.2'];
  const lookup = checkedLookup({ permits: (one) => permits.includes(one) }, names(permits).resolve);
  lookup('hooks.example', { all: false }, (error, address, family) => {
    expect([error, address, family]).toEqual([null, '127.0.0.1', 4]);
    done();
  });
});

test('a name that is not known and a name without addresses are not reached', async () => {
  const unknown: Resolve = (_, done) => done(new Error('ENOTFOUND'), []);
  expect(await door({ resolve: unknown })('http://hooks.example/')).toEqual({ kind: 'UNREACHABLE' });
  expect(await door({ resolve: names([]).resolve })('http://hooks.example/')).toEqual({ kind: 'UNREACHABLE' });
});

test('case 61: a receiver that is gone is not reached', async () => {
  const { url, server } = await receiver(ok);
  server.close();
  expect(await door()(url)).toEqual({ kind: 'UNREACHABLE' });
});

test('case 61: what speaks no TLS where it should is not reached', async () => {
  const { url } = await receiver(ok);
  expect(await door()(url.replace('http:', 'https:'))).toEqual({ kind: 'UNREACHABLE' });
});

test('case 61: a receiver that says nothing has until the deadline', async () => {
  const { url } = await receiver(() => {});
  expect(await door({ timeoutMs: 30 })(url)).toEqual({ kind: 'TIMEOUT' });
});

test('case 61: of an answer that never ends the status counts, and no more than its beginning is read', async () => {
  const piece = 'x'.repeat(65_536);
  // It does end, so that who reads all of it is found out in time.
  const mostPieces = 1_000;
  let poured = 0;
  const { url, seen } = await receiver((_, response) => {
    response.writeHead(500);
    const pour = () => {
      while (!response.destroyed && poured < mostPieces) {
        poured += 1;
        if (!response.write(piece)) return;
      }
      response.end();
    };
    response.on('drain', pour);
    pour();
  });
  const answer = await door({ maxAnswerBytes: 1_000, timeoutMs: 60_000 })(url);
  expect(answer).toMatchObject({ kind: 'ANSWERED', status: 500, body: 'x'.repeat(1_000) });
  expect(poured).toBeLessThan(mostPieces);
  // The connection is closed, not kept for the next message.
  if (seen[0]?.request.destroyed === false) await once(seen[0].request.socket, 'close');
});

test('case 61: of an answer that stops in its middle the status counts', async () => {
  const { url } = await receiver((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
  });
  expect(await door({ timeoutMs: 30 })(url)).toMatchObject({ kind: 'ANSWERED', status: 200, body: 'half' });
});

test.each([
  ['cut off', (response: Parameters<RequestListener>[1]) => response.destroy()],
  ['no HTTP', (response: Parameters<RequestListener>[1]) => response.socket?.end('SSH-2.0-x\r\n')],
  [
    'a switch to another protocol',
    (response: Parameters<RequestListener>[1]) =>
      response.socket?.end('HTTP/1.1 101 x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
  ],
])('case 61: an answer that is %s is none', async (_, answer) => {
  const { url } = await receiver((__, response) => void answer(response));
  expect(await door({ timeoutMs: 2_000 })(url)).toEqual({ kind: 'UNREACHABLE' });
});

test('a kept connection that the receiver closed meanwhile is no failure', async () => {
  let connections = 0;
  const { url, server, seen } = await receiver((request, response) => {
    const isSecondOfFirst = connections === 1 && seen.length === 2;
    if (isSecondOfFirst) request.socket.resetAndDestroy();
    else ok(request, response);
  });
  server.on('connection', () => (connections += 1));
  const send = door();
  await send(url);
  expect(await send(url)).toMatchObject({ kind: 'ANSWERED', status: 200 });
  expect([connections, seen.length]).toEqual([2, 3]);
});

test.each([
  ['30', 30_000],
  ['soon', null],
])('a receiver that asks to wait "%s" is heard', async (value, retryAfterMs) => {
  const { url } = await receiver((_, response) => void response.writeHead(503, { 'retry-after': value }).end());
  expect(await door()(url)).toMatchObject({ status: 503, retryAfterMs });
});

test('case 61: who stops does not wait for those that hang, on new connections or kept ones, and sends nothing more', async () => {
  const { url, seen, server } = await receiver((request, response) => {
    if (seen.length === 1) ok(request, response);
    else if (seen.length === 3) server.emit('both');
  });
  const sender = httpWebhookSender({ allowedRanges: LOOPBACK, allowHttp: true, timeoutMs: 60_000 });
  const send = async () => sender.send({ url, headers: {}, body: '{}' });
  await send();
  const both = once(server, 'both');
  const hanging = [send(), send()];
  await both;
  await sender.close();
  expect(await Promise.all(hanging)).toEqual([{ kind: 'UNREACHABLE' }, { kind: 'UNREACHABLE' }]);
  expect(await send()).toEqual({ kind: 'UNREACHABLE' });
  expect(seen).toHaveLength(3);
});
