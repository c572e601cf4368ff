import { expect, test } from '@jest/globals';
import { appliedOf } from './applied-of.ts';
import { at } from './referral.fixture.ts';

const vault = { blindIndex: (name: string, text: string) => `${name} keyed ${text}` };
const request = at('school-7');

test('what was asked stands beside the sealed texts as a code that nobody can make without the key', () => {
  const input = { idempotencyKey: 'k', reason: '情绪低落' };
  const { digest } = appliedOf({ request, vault }, input);
  expect(digest).toBe('idempotency keyed {"reason":"情绪低落"}');
});

test('a key belongs to the client and the user of it', () => {
  const { client, key } = appliedOf({ request, vault }, { idempotencyKey: ' k ' });
  expect([client, key]).toEqual(['hub-console', '["worker-of-school-7","k"]']);
});
