import { describe, expect, test } from '@jest/globals';
import { distinguished, distinguishedByGroups, type Features } from './distinguisher.ts';

/** A generator of our own, so that what is tested is the same at every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** As latencies are: a floor, noise above it, now and then much more. Two features, as first byte and last. */
function answers(count: number, { next, shiftMs = 0 }: { next: () => number; shiftMs?: number }): readonly Features[] {
  return Array.from({ length: count }, () => {
    const first = 3 + shiftMs + next() + next() + (next() < 0.05 ? 20 * next() : 0);
    return [first, first + 0.1 * next()];
  });
}

describe('the distinguisher of the benchmark', () => {
  test('tells nothing apart where there is no difference', () => {
    const next = random(1);
    const share = distinguished({ a: answers(1_000, { next }), b: answers(1_000, { next }) });
    expect(Math.abs(share - 0.5)).toBeLessThan(0.05);
  });

  test('finds a planted millisecond', () => {
    const next = random(2);
    const share = distinguished({ a: answers(1_000, { next }), b: answers(1_000, { next, shiftMs: 1 }) });
    expect(share).toBeGreaterThan(0.7);
  });

  test('finds the same mean with another spread, which no threshold does', () => {
    const next = random(3);
    const narrow = Array.from({ length: 1_000 }, () => [10 + 0.1 * next()]);
    const wide = Array.from({ length: 1_000 }, () => [9 + 2 * next()]);
    expect(distinguished({ a: narrow, b: wide })).toBeGreaterThan(0.9);
  });

  test('finds by averaging what one answer does not show', () => {
    const next = random(4);
    const sides = { a: answers(4_000, { next }), b: answers(4_000, { next, shiftMs: 0.15 }) };
    expect(distinguished(sides)).toBeLessThan(0.6);
    expect(distinguishedByGroups(sides, 50)).toBeGreaterThan(0.75);
  });

  test('what it learns from it is not judged by: noise learnt by heart is no difference', () => {
    const next = random(5);
    const share = distinguished({ a: answers(60, { next }), b: answers(60, { next }) });
    expect(share).toBeLessThan(0.75);
  });
});
