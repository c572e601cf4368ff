import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { setupServer } from 'msw/node';
import { z } from 'zod';
import { HTTP_MISUSES, type HttpMisuse, misuseHandler } from './http-misuse.fixture.ts';
import { httpDoor } from './http-door.ts';

const BASE = 'http://department.test/api';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const RETRIED = new Set<string>(['500', '503', 'connection-lost']);

test.each(Object.keys(HTTP_MISUSES) as HttpMisuse[])('%s ends in the right code and leaks nothing', async (misuse) => {
  let requests = 0;
  server.use(misuseHandler(misuse, BASE, { onRequest: () => (requests += 1) }));
  const door = httpDoor({ source: 'health', baseUrl: BASE, timeoutMs: misuse === 'hang' ? 40 : 2_000, backoffMs: 1 });
  const read = door.get('visits').then((answer) => answer.json(z.object({ name: z.string() })));
  await expect(read).rejects.toMatchObject({ code: HTTP_MISUSES[misuse].code, source: 'health' });
  const error: unknown = await read.catch((caught: unknown) => caught);
  expect(`${String(error)} ${String((error as Error).cause)}`).not.toMatch(/王|维护|name|department\.test/);
  expect(requests).toBe(RETRIED.has(String(misuse)) ? 3 : 1);
});
