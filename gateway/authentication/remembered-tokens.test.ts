import { expect, test } from '@jest/globals';
import { rememberedTokens } from './remembered-tokens.ts';

const memory = (atMost = 2) => {
  const clock = { ms: 1_000_000 };
  return { clock, tokens: rememberedTokens<string>({ seconds: 30, atMost, now: () => clock.ms }) };
};
const FAR = Number.MAX_SAFE_INTEGER;

test('a token is remembered for thirty seconds and no longer, however often it is used', () => {
  const { clock, tokens } = memory();
  tokens.set('a', 'A', FAR);
  clock.ms += 29_999;
  expect(tokens.get('a')).toBe('A');
  clock.ms += 1;
  expect(tokens.get('a')).toBeUndefined();
});

test('never past its own expiry', () => {
  const { clock, tokens } = memory();
  tokens.set('a', 'A', clock.ms + 1_000);
  clock.ms += 1_000;
  expect(tokens.get('a')).toBeUndefined();
});

test('not for longer after the clock went back', () => {
  const { clock, tokens } = memory();
  tokens.set('a', 'A', FAR);
  clock.ms -= 3_600_000;
  expect(tokens.get('a')).toBeUndefined();
});

test('the one longest unused makes room', () => {
  const { tokens } = memory();
  tokens.set('a', 'A', FAR);
  tokens.set('b', 'B', FAR);
  tokens.get('a');
  tokens.set('c', 'C', FAR);
  expect([tokens.get('a'), tokens.get('b'), tokens.get('c')]).toEqual(['A', undefined, 'C']);
});
