import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FAULTS } from './department-system.ts';
import { createFaultSwitch, type FaultSwitch } from './fault-switch.ts';
import { startLoopbackServer, type LoopbackServer } from './loopback-server.ts';

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

test('a system that is down resets connections, kept-alive ones too', async () => {
  await (await ask()).text();
  faults.set('down');
  await expect(ask()).rejects.toThrow();
  await expect(ask()).rejects.toThrow();
  expect(served).toBe(1);
});

test.each(FAULTS)('a system mended after %s answers again', async (fault) => {
  faults.set(fault);
  faults.set(null);
  expect((await ask()).status).toBe(200);
});
