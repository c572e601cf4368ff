import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { randomFor } from './random.ts';

const GOLDEN = [915163, 885655, 606965, 187494, 521451, 81648, 779769, 881635];

const draws = (...labels: (string | number)[]) => {
  const random = randomFor(1, ...labels);
  return Array.from({ length: 8 }, () => random.int(0, 999_999));
};

test('the same seed and labels draw the same on every machine', () => {
  expect(draws('health', 'P000001')).toEqual(GOLDEN);
  expect(draws('health', 'P000001')).toEqual(draws('health', 'P000001'));
});

test('other labels draw otherwise, and labels do not run together', () => {
  expect(draws('health', 'P000002')).not.toEqual(draws('health', 'P000001'));
  expect(draws('ab', 'c')).not.toEqual(draws('a', 'bc'));
  expect(randomFor(2, 'a').float()).not.toBe(randomFor(1, 'a').float());
});

test('whole numbers and dates stay within their ends and reach both', () => {
  const random = randomFor(7);
  const rolled = new Set(Array.from({ length: 200 }, () => random.int(1, 6)));
  expect([...rolled].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  const dates = new Set(Array.from({ length: 50 }, () => random.date('2024-02-28', '2024-03-01')));
  expect([...dates].sort()).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
});

test('chance and weights are kept over many draws', () => {
  const random = randomFor(3);
  const hits = Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean).length;
  expect(hits).toBeGreaterThan(1_800);
  expect(hits).toBeLessThan(2_200);
  const rare = Array.from({ length: 10_000 }, () =>
    random.weighted([
      ['often', 9],
      ['rare', 1],
      ['never', 0],
    ]),
  );
  expect(rare.filter((drawn) => drawn === 'rare').length / 1_000).toBeCloseTo(1, 0);
  expect(rare).not.toContain('never');
});

test('a shuffle keeps every element and leaves the list as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (list, seed) => {
      const before = [...list];
      const shuffled = randomFor(seed).shuffle(list);
      expect(list).toEqual(before);
      expect([...shuffled].sort()).toEqual([...list].sort());
    }),
  );
});

test('an empty list has nothing to pick', () => {
  expect(() => randomFor(1).pick([])).toThrow(RangeError);
});
