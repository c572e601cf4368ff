import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { requestSigner } from './request-signature.ts';

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const sign = requestSigner({
  appKey: 'app',
  appSecret: 'secret',
  now: () => 1_700_000_000_999,
  nonce: () => 'once-0123456789abcdef',
});
const request = (path: string, more: object = {}) => ({
  method: 'GET',
  url: new URL(path, 'http://union.test/openapi/v1/'),
  body: undefined,
  ...more,
});

test('the text that is signed is the one that the union documents', () => {
  const text = [
    'GET',
    '/openapi/v1/aid/grants',
    'memberNos=GH-1%2CGH-2&page=1&size=50',
    '1700000000',
    'once-0123456789abcdef',
    EMPTY_SHA256,
  ].join('\n');
  expect(sign(request('aid/grants?size=50&page=1&memberNos=GH-1,GH-2'))).toEqual({
    'x-app-key': 'app',
    'x-timestamp': '1700000000',
    'x-nonce': 'once-0123456789abcdef',
    'x-signature': createHmac('sha256', 'secret').update(text).digest('hex'),
  });
});

const signature = (path: string, more?: object) => sign(request(path, more))['x-signature'];

test('the order in the address does not matter, nor how it is encoded', () => {
  expect(signature('a?y=2&x=1')).toBe(signature('a?x=1&y=2'));
  expect(signature('a?x=2&x=1')).toBe(signature('a?x=1&x=2'));
  expect(signature('a?x=%2A%20')).toBe(signature('a?x=*+'));
});

test.each([
  ['path', 'b?x=1', {}],
  ['a value', 'a?x=2', {}],
  ['a name', 'a?z=1', {}],
  ['a value that looks like two', 'a?x=1%26y=2', {}],
  ['method', 'a?x=1', { method: 'POST' }],
  ['body', 'a?x=1', { body: '{}' }],
])('another %s is another signature', (_, path, more) => {
  expect(signature(path, more)).not.toBe(signature('a?x=1'));
  if (path.includes('%26')) expect(signature(path)).not.toBe(signature('a?x=1&y=2'));
});

test('every request has a nonce of its own', () => {
  const signer = requestSigner({ appKey: 'app', appSecret: 'secret' });
  const nonces = Array.from({ length: 100 }, () => signer(request('a'))['x-nonce'] ?? '');
  expect(new Set(nonces).size).toBe(100);
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{16,64}$/);
});
