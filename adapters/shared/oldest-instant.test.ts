import { expect, test } from '@jest/globals';
import { oldestInstant } from './oldest-instant.ts';

test('instants are compared as moments, not as texts', () => {
  expect(oldestInstant(['2026-11-20T01:00:00Z', '2026-11-20T08:30:00+08:00'])).toBe('2026-11-20T08:30:00+08:00');
});

test('of none there is no oldest', () => expect(oldestInstant([])).toBeNull());
