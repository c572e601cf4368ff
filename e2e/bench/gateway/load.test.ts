import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { closedLoop, openLoop } from './load.ts';
import { requestBytes } from './request-bytes.ts';

let url = '';
let asked: string[] = [];
/** Answers what it was asked; every third with errors when it shall. */
let failing = false;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on('end', () => {
    asked.push(body);
    response.end(failing && asked.length % 3 === 0 ? '{"errors":[]}' : `{"data":${body}}`);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const requests = () => [1, 2].map((n) => requestBytes(url, { n }));

test('a closed loop ends after so many answers, all requests had their turn', async () => {
  asked = [];
  const result = await closedLoop({ url, requests: requests(), connections: 2, until: { answers: 40 } });
  expect(result.answers).toBeGreaterThanOrEqual(40);
  expect(result.failed).toBe(0);
  expect(new Set(asked)).toEqual(new Set(['{"n":1}', '{"n":2}']));
  expect(result.latencies).toEqual(result.latencies.toSorted());
});

test('what is not whole is counted as such', async () => {
  failing = true;
  const { failed, answers } = await closedLoop({ url, requests: requests(), connections: 1, until: { answers: 30 } });
  failing = false;
  expect(failed).toBeGreaterThan(0);
  expect(answers).toBeGreaterThan(failed);
});

test('an open loop sends no more than its rate', async () => {
  const { answers, seconds, failed } = await openLoop({
    url,
    requests: requests(),
    connections: 5,
    perSecond: 100,
    seconds: 0.5,
  });
  expect(failed).toBe(0);
  expect(answers).toBeGreaterThan(5);
  expect(answers / seconds).toBeLessThan(130);
});

test('a contestant that is gone is told, not waited for', async () => {
  const gone = createServer((_, response) => response.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    gone.once('listening', resolve);
  });
  const address = `http://127.0.0.1:${(gone.address() as AddressInfo).port}/`;
  const running = closedLoop({
    url: address,
    requests: [requestBytes(address, {})],
    connections: 1,
    until: { answers: 5 },
  });
  await expect(running).rejects.toThrow('closed');
  gone.close();
});
