/** A server that speaks PostgreSQL's protocol and then does not stop. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { sqlJusticeSource } from '../../adapters/justice/sql-justice-source.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

/** PostgreSQL 53.7: a letter, the length of what follows with itself, and that. */
function message(letter: string, content: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.write(letter, 0, 'latin1');
  head.writeUInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}
const AUTHENTICATED = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('T'));
const DONE = message('C', Buffer.from('BEGIN\0'));
const ONE_COLUMN = message('T', Buffer.concat([Buffer.from([0, 1]), Buffer.from('known_no\0'), Buffer.alloc(18)]));
const ROW_SIZE = 1024 ** 2;
const row = (size: number) => {
  const lengths = Buffer.alloc(6);
  lengths.writeUInt16BE(1, 0);
  lengths.writeUInt32BE(size, 2);
  return message('D', Buffer.concat([lengths, Buffer.alloc(size, 'x')]));
};
const GIGABYTES = 2 * 1024 ** 3;

/** Greets as a server should, and answers the first statement with parameters by `flood`; tells how much of it went out. */
async function flooding(flood: readonly Buffer[]): Promise<{ url: string; sent: Promise<number> }> {
  const { promise: sent, resolve } = Promise.withResolvers<number>();
  const server = createServer((socket) => {
    sockets.push(socket);
    let greeted = false;
    socket.on('error', () => undefined);
    socket.on('data', (asked) => {
      if (!greeted) {
        greeted = true;
        socket.write(Buffer.concat([AUTHENTICATED, READY]));
      } else if (asked[0] === 0x51) socket.write(Buffer.concat([DONE, READY]));
      else void pour(socket, flood).then(resolve);
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : '';
  return { url: `postgresql://hub@127.0.0.1:${port}/care?sslmode=disable`, sent };
}

async function pour(socket: Socket, [first, ...again]: readonly Buffer[]): Promise<number> {
  // Not `once`, which takes the loss of the connection for its own failure.
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  socket.on('close', () => resolve());
  let bytes = 0;
  socket.write(first ?? '');
  while (!socket.destroyed && bytes < GIGABYTES)
    for (const piece of again) {
      bytes += piece.length;
      if (!socket.write(piece)) await Promise.race([drained(socket), closed]);
    }
  await closed;
  return bytes;
}

const drained = (socket: Socket) => new Promise<void>((resolve) => socket.once('drain', () => resolve()));

test.each([
  ['rows without end', [Buffer.concat([message('1'), message('2'), ONE_COLUMN]), row(ROW_SIZE)]],
  [
    'one row of 2 GB',
    [
      Buffer.concat([message('1'), message('2'), ONE_COLUMN, Buffer.from([0x44, 0x7f, 0xff, 0xff, 0xff])]),
      Buffer.alloc(ROW_SIZE),
    ],
  ],
  ['notices without end', [message('1'), message('N', Buffer.from(`M${'x'.repeat(60_000)}\0\0`))]],
])('case 45: of a database that answers with %s little is taken, and the connection is closed', async (_, flood) => {
  const { url, sent } = await flooding(flood);
  const source = sqlJusticeSource({
    JUSTICE_URL: url,
    JUSTICE_PASSWORD: 'secret',
    JUSTICE_TIMEOUT_MS: 20_000,
    JUSTICE_POOL_SIZE: 1,
  });
  await expect(source.mediationOf(['J1'])).rejects.toMatchObject({ code: 'SOURCE_INVALID', source: 'justice' });
  expect(await sent).toBeLessThan(100 * 1024 ** 2);
  await source.close();
});
