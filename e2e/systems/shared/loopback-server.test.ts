import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FAULTS } from './department-system.ts';
import { createFaultSwitch, type FaultSwitch } from './fault-switch.ts';
import { startLoopbackServer, type LoopbackServer } from './loopback-server.ts';
import { serveWithFaults } from './serve-with-faults.ts';

let faults: FaultSwitch;
let server: LoopbackServer;
let served: number;

beforeEach(async () => {
  faults = createFaultSwitch();
  served = 0;
  const handler = (_: unknown, response: import('node:http').ServerResponse) => {
    served += 1;
    response.setHeader('content-type', 'application/json').end('{"ok":true}');
  };
  server = await startLoopbackServer({ handler, faults, slowMs: 40 });
});
afterEach(() => server.close());

const ask = (init?: RequestInit) => fetch(server.url, init);

test('a system that works answers', async () => {
  expect(await (await ask()).json()).toEqual({ ok: true });
});

test('a slow system answers late', async () => {
  faults.set('slow');
  const before = performance.now();
  expect(await (await ask()).json()).toEqual({ ok: true });
  expect(performance.now() - before).toBeGreaterThanOrEqual(38);
});

test('a hanging system never answers', async () => {
  faults.set('hang');
  await expect(ask({ signal: AbortSignal.timeout(60) })).rejects.toThrow(/timeout/);
  expect(served).toBe(0);
});

test.each([
  ['too-many-requests', 429, 'text/plain', '1'],
  ['error-500', 500, 'text/plain', null],
  ['html-200', 200, 'text/html; charset=utf-8', null],
  ['maintenance', 503, 'text/html; charset=utf-8', '1800'],
  ['garbage', 200, 'application/json; charset=utf-8', null],
] as const)('%s answers %d', async (fault, status, contentType, retryAfter) => {
  faults.set(fault);
  const answer = await ask();
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('retry-after')]).toEqual([
    status,
    contentType,
    retryAfter,
  ]);
  const body = Buffer.from(await answer.arrayBuffer());
  expect(() => JSON.parse(body.toString())).toThrow();
});

test('an answer that is cut off breaks while its body is read', async () => {
  faults.set('cut-off');
  const answer = await ask();
  expect(answer.headers.get('content-length')).toBe('4096');
  await expect(answer.text()).rejects.toThrow();
});

/** Everything that the server says on a connection until it ends. */
async function saidOn(port: number, { request = '', during }: { request?: string; during?: () => void }) {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    during?.();
  });
  socket.write(request);
  await new Promise((resolve) => socket.once('close', resolve));
  return said;
}
const KEPT_ALIVE = 'GET / HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n';

test('a system that is down resets connections before they ask anything', async () => {
  faults.set('down');
  expect(await saidOn(server.port, {})).toBe('');
  await expect(ask()).rejects.toThrow();
  expect(served).toBe(0);
});

test('a system that goes down drops the connections that it kept alive', async () => {
  expect(await saidOn(server.port, { request: KEPT_ALIVE, during: () => faults.set('down') })).toContain('{"ok":true}');
});

test('any plain server is down by its handler alone', async () => {
  const plain = createServer(serveWithFaults((_, response) => void response.end('ok'), faults));
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  faults.set('down');
  const said = await saidOn((plain.address() as AddressInfo).port, { request: KEPT_ALIVE });
  plain.close();
  expect(said).toBe('');
});

test.each(FAULTS)('a system mended after %s answers again', async (fault) => {
  faults.set(fault);
  faults.set(null);
  expect((await ask()).status).toBe(200);
});
