import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { effectiveBits, type SecretKind, weakSecretFault } from './weak-secret.ts';

const ENCODINGS = ['hex', 'base64', 'base64url'] as const;

test.each([...ENCODINGS.map((encoding) => [32, encoding] as const), [16, 'hex'] as const])(
  'no random key is refused: %d bytes in %s',
  (length, encoding) => {
    const faults = Array.from({ length: 2_000 }, () => weakSecretFault(randomBytes(length).toString(encoding), 'key'));
    expect(new Set(faults)).toEqual(new Set([null]));
  },
);

describe.each<[SecretKind, readonly string[]]>([
  [
    'key',
    [
      'x'.repeat(64),
      '0'.repeat(64),
      'ab'.repeat(32),
      'hunter2 '.repeat(8),
      '0123456789abcdef0123456789abcdef',
      'abcdefghijklmnopqrstuvwxyz0123456789',
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab',
      '12345678901234567890123456789012',
      'too short, though quite random',
      'change-me-change-me-change-me-change-me',
      'CHANGEME-8d7f6a5s4d3f2g1h8j7k6l5m4n3b2v1c',
      'demo-8c1d7b0e5f2a94638c1d7b0e5f2a9463',
      'your-very-long-and-secret-key-goes-here',
      '480adea0a616eaab4ecf4b86da99d2a454951acd4e8a3a9d6fe303f6859cd43a',
      '480ADEA0A616EAAB4ECF4B86DA99D2A454951ACD4E8A3A9D6FE303F6859CD43A',
    ],
  ],
  [
    'credential',
    [
      '',
      'short',
      'aaaaaaaaaaaa',
      '12345678',
      'abcdefgh',
      'ababababab',
      'Password123!',
      'qwertyuiop',
      'sample-health-token',
    ],
  ],
])('a %s that somebody could guess or has read is refused', (kind, weak) => {
  test.each(weak)('%j', (secret) => {
    const fault = weakSecretFault(secret, kind);
    expect(fault).toEqual(expect.any(String));
    // The reason goes to a log.
    if (secret.length > 4) expect(fault).not.toContain(secret);
  });
});

test.each(['Tz7!kQ2m', '北京市朝阳区某某系统-8f3', 'eyJhbGciOi.8f2n4k.s0d9f8'])(
  'what a department gave is taken as it is, unless anybody would try it first: %s',
  (secret) => expect(weakSecretFault(secret, 'credential')).toBeNull(),
);

test('what is repeated or counts up or down adds nothing', () => {
  expect(effectiveBits('a'.repeat(100))).toBe(0);
  expect(effectiveBits('abcdefghijklmnop')).toBe(effectiveBits('ab'));
  expect(effectiveBits('zyxwvutsrq')).toBe(effectiveBits('zy'));
  expect(effectiveBits('k3v9k3v9k3v9k3')).toBe(effectiveBits('k3v9'));
});
