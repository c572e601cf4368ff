import { request as httpRequest } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FrontDoor, frontDoor } from '../front-door.fixture.ts';
import { codingOf } from './compression.ts';

test.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0, gzip;q=0', null],
  ['*', 'br'],
  ['*;q=0.1, br;q=0', 'gzip'],
  ['GZIP', 'gzip'],
  ['gzip;q=wrong', null],
  ['zstd', null],
])('Accept-Encoding: %s → %s', (accepted, coding) => {
  expect(codingOf(accepted)).toBe(coding);
});

describe.each([true, false])('over HTTP, switched on: %s', (compression) => {
  const long = '心桥'.repeat(2_000);
  let door: FrontDoor;
  beforeAll(async () => {
    door = await frontDoor('type Query { long: String  short: String }', {
      compression,
      executor: async ({ operation }) =>
        operation.name?.value === 'Long' ? { data: { long } } : { data: { short: '桥' } },
    });
  });
  afterAll(() => door.close());

  /** `fetch` would unpack it. */
  function answer(query: string, accepted: string) {
    return new Promise<{ headers: NodeJS.Dict<string | string[]>; bytes: Buffer }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'accept-encoding': accepted };
      const request = httpRequest(door.url, { method: 'POST', headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ headers: response.headers, bytes: Buffer.concat(chunks) }));
      });
      request.on('error', reject).end(JSON.stringify({ query }));
    });
  }

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('a long answer, for who takes %s', async (coding, unpack) => {
    const { headers, bytes } = await answer('query Long { long }', coding);
    expect(headers['content-encoding']).toBe(compression ? coding : undefined);
    expect(headers.vary).toBe(compression ? 'accept, accept-encoding' : 'accept');
    expect(Number(headers['content-length'])).toBe(bytes.length);
    expect(bytes.length < long.length).toBe(compression);
    expect(JSON.parse((compression ? unpack(bytes) : bytes).toString())).toEqual({ data: { long } });
  });

  test('a short one stays as it is', async () => {
    const { headers, bytes } = await answer('query Short { short }', 'br');
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(bytes.toString())).toEqual({ data: { short: '桥' } });
  });

  test('so does one for who takes none', async () => {
    const { headers } = await answer('query Long { long }', 'identity');
    expect(headers['content-encoding']).toBeUndefined();
  });
});
