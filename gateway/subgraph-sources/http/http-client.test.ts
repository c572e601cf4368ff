import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import type { HttpAnswer } from './answer-reader.ts';
import { httpClient, type HttpClientOptions } from './http-client.ts';
import { okAnswer, type RawRequest, rawSubgraph } from './raw-subgraph.fixture.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A client of a subgraph that does this. `ask` resolves to the text of an answer or rejects with the cause. */
async function clientOf(onRequest: (request: RawRequest) => void, options: Partial<HttpClientOptions> = {}) {
  const subgraph = await rawSubgraph(onRequest);
  opened.push(subgraph);
  const client = httpClient({ url: subgraph.url, maxBytes: 10_000, connections: 2, queue: 10, ...options });
  const send = (body: string, read = true) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const text = `POST /graphql HTTP/1.1\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const answered = (answer: HttpAnswer) => resolve(answer.body.toString());
    return { answer: promise, cancel: client.send({ text, read }, { answered, failed: reject }) };
  };
  return { client, subgraph, send, ask: async (body: string, read = true) => send(body, read).answer };
}

const bodyOf = ({ text }: RawRequest) => text.slice(text.indexOf('\r\n\r\n') + 4);
const echo = (request: RawRequest) => void request.socket.write(okAnswer(bodyOf(request)));

test('calls one after another share a connection', async () => {
  const { ask, subgraph } = await clientOf(echo);
  for (const body of ['a', 'b', 'c']) expect(await ask(body)).toBe(body);
  expect(subgraph.connections).toBe(1);
});

test('calls at a time have a connection each, up to the limit; the others wait and get their own answers', async () => {
  const held: RawRequest[] = [];
  // Nobody is answered before two ask at a time.
  const { ask, subgraph } = await clientOf((request) => {
    held.push(request);
    if (held.length === 2) held.splice(0).forEach(echo);
  });
  const bodies = [...Array(10).keys()].map(String);
  expect(await Promise.all(bodies.map((body) => ask(body)))).toEqual(bodies);
  expect(subgraph.connections).toBe(2);
});

test('what is more than may wait is refused at once', async () => {
  const { send, ask } = await clientOf(() => {}, { connections: 1, queue: 1 });
  send('a').answer.catch(() => {});
  send('b').answer.catch(() => {});
  await expect(ask('c')).rejects.toThrow('too many requests wait');
});

test('a request that is taken back while it waits is never sent', async () => {
  const seen: string[] = [];
  const { send } = await clientOf(
    (request) => {
      seen.push(bodyOf(request));
      setImmediate(() => echo(request));
    },
    { connections: 1 },
  );
  const [first, second, third] = [send('a'), send('b'), send('c')];
  second.cancel();
  expect([await first.answer, await third.answer]).toEqual(['a', 'c']);
  expect(seen).toEqual(['a', 'c']);
});

test('a request that is taken back in flight loses its connection, and the next takes a new one', async () => {
  const arrived = Promise.withResolvers<RawRequest>();
  const { send, ask, subgraph } = await clientOf(
    (request) => (request.connection === 0 ? arrived.resolve(request) : echo(request)),
    { connections: 1 },
  );
  const { cancel } = send('a');
  const next = ask('b');
  const { socket } = await arrived.promise;
  cancel();
  await once(socket, 'close');
  expect([await next, subgraph.connections]).toEqual(['b', 2]);
});

test('an idle connection that the subgraph closed is no failure for a read', async () => {
  const { ask, subgraph } = await clientOf(echo);
  await ask('a');
  const [first] = subgraph.sockets;
  // The client writes before it learns of the end.
  first?.destroy();
  expect(await ask('b')).toBe('b');
});

test('a read is sent once again when its idle connection closes unheard, what changes something is not', async () => {
  const closing = (request: RawRequest) => void (request.nth > 0 ? request.socket.destroy() : echo(request));
  const { ask, subgraph } = await clientOf(closing);
  await ask('a');
  expect(await ask('b')).toBe('b');
  expect(subgraph.connections).toBe(2);
  await expect(ask('c', false)).rejects.toThrow(/closed|ECONNRESET/);
  expect(subgraph.connections).toBe(2);
});

test('a new connection that closes unheard fails the call: it is not asked over and over', async () => {
  const { ask, subgraph } = await clientOf(({ socket }) => void socket.destroy());
  await expect(ask('a')).rejects.toThrow(/closed|ECONNRESET/);
  expect(subgraph.connections).toBe(1);
});

test('nobody listens', async () => {
  const { ask, subgraph } = await clientOf(echo);
  await subgraph.close();
  opened.splice(0);
  await expect(ask('a')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('an answer that comes twice at once serves one call, and its connection no other', async () => {
  const { ask, subgraph } = await clientOf((request) => void request.socket.write(okAnswer(bodyOf(request)).repeat(2)));
  for (const body of ['a', 'b', 'c']) expect(await ask(body)).toBe(body);
  expect(subgraph.connections).toBe(3);
});

test('an answer that comes again later, to nobody, closes the connection', async () => {
  const { ask, subgraph } = await clientOf(echo);
  expect(await ask('a')).toBe('a');
  const [socket] = subgraph.sockets;
  socket?.write(okAnswer('a'));
  await (socket && once(socket, 'close'));
  expect(await ask('b')).toBe('b');
  expect(subgraph.connections).toBe(2);
});

test.each([
  ['says that it is the last', (body: string) => okAnswer(body, 'connection: close\r\n')],
  ['gives an idle connection no time', (body: string) => okAnswer(body, 'keep-alive: timeout=1\r\n')],
])('a subgraph that %s is asked on a new connection', async (_, answer) => {
  const { ask, subgraph } = await clientOf((request) => void request.socket.write(answer(bodyOf(request))));
  expect([await ask('a'), await ask('b')]).toEqual(['a', 'b']);
  expect(subgraph.connections).toBe(2);
});

test('half an answer is cut off, not short', async () => {
  const { ask } = await clientOf((request) => void request.socket.end(okAnswer('abcdef').slice(0, -3)));
  await expect(ask('a')).rejects.toMatchObject({ name: 'OddAnswer', cutOff: true });
});

test('an answer of a hundred megabytes is cut at the limit', async () => {
  const megabyte = 'x'.repeat(1_000_000);
  let sent = 0;
  const { ask } = await clientOf(({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    const more = (): void => {
      if (sent >= 100 || socket.destroyed) return;
      sent += 1;
      socket.write(`F4240\r\n${megabyte}\r\n`, more);
    };
    more();
  });
  await expect(ask('a')).rejects.toThrow('more than 10000 bytes');
  expect(sent).toBeLessThan(20);
});

test('an answer before the request was read to its end serves the call; the connection ends with it', async () => {
  const subgraph = await clientOf(echo);
  const body = 'x'.repeat(20_000_000);
  const early = subgraph.ask(body);
  for (let i = 0; subgraph.subgraph.sockets.size === 0 && i < 1_000; i += 1) await new Promise(setImmediate);
  const [socket] = subgraph.subgraph.sockets;
  socket?.pause();
  socket?.write(okAnswer('too large'));
  expect(await early).toBe('too large');
  expect(await subgraph.ask('b')).toBe('b');
});

test('a client that is closed keeps no connection: the idle one goes at once, the other after its answer', async () => {
  const held = Promise.withResolvers<RawRequest>();
  const { client, ask, subgraph } = await clientOf((request) =>
    bodyOf(request) === 'late' ? held.resolve(request) : echo(request),
  );
  await ask('a');
  const late = ask('late');
  const request = await held.promise;
  const closed = once(request.socket, 'close');
  client.close();
  echo(request);
  expect(await late).toBe('late');
  await closed;
  expect(await ask('after')).toBe('after');
  expect(subgraph.connections).toBe(2);
});

test('idle connections are closed with their client', async () => {
  const first = Promise.withResolvers<RawRequest>();
  const { client, ask } = await clientOf((request) => {
    first.resolve(request);
    echo(request);
  });
  await ask('a');
  const { socket } = await first.promise;
  client.close();
  await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
});
