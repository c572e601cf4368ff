import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';

let echo: Server;
let proxy: TcpProxy;
beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => {}).pipe(socket));
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  proxy = await tcpProxy((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  echo.close();
});

const opened = async (): Promise<Socket> => {
  const socket = connect(proxy.port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
};
const ended = async (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.on('error', () => {}).once('close', () => resolve());
  });
async function echoed(socket: Socket, text: string): Promise<{ back: string; ms: number }> {
  const started = performance.now();
  socket.write(text);
  const [piece] = (await once(socket, 'data')) as [Buffer];
  return { back: piece.toString(), ms: performance.now() - started };
}

test('hands on what is sent, both ways', async () => {
  const socket = await opened();
  expect((await echoed(socket, '心桥')).back).toBe('心桥');
  socket.destroy();
});

test('late by what was said, there and back; then no more', async () => {
  const socket = await opened();
  proxy.delay(200);
  expect((await echoed(socket, 'a')).ms).toBeGreaterThanOrEqual(398);
  await proxy.mend();
  expect((await echoed(socket, 'b')).ms).toBeLessThan(398);
  socket.destroy();
});

test('another at the other end: what is open breaks, what is new leads there', async () => {
  const other = createServer((socket) => socket.on('error', () => {}).end('the other'));
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const socket = await opened();
  const closed = ended(socket);
  await echoed(socket, 'a');
  proxy.leadTo((other.address() as AddressInfo).port);
  await closed;
  const again = await opened();
  const [piece] = (await once(again, 'data')) as [Buffer];
  expect(piece.toString()).toBe('the other');
  again.destroy();
  other.close();
});

test('a cut breaks what is open and refuses what is new, until it is mended', async () => {
  const socket = await opened();
  const closed = ended(socket);
  await echoed(socket, 'a');
  await proxy.cut();
  await closed;
  await expect(opened()).rejects.toThrow('ECONNREFUSED');
  await proxy.mend();
  const again = await opened();
  expect((await echoed(again, 'b')).back).toBe('b');
  again.destroy();
});
