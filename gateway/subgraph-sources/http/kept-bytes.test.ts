import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keptBytes } from './kept-bytes.ts';

test('what is kept is what came, however it came', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 2_000 }).map((piece) => Buffer.from(piece)));
  fc.assert(
    fc.property(pieces, (all) => {
      const kept = keptBytes();
      const whole = Buffer.concat(all);
      for (const piece of all) {
        kept.add(piece);
        piece.fill(0);
      }
      expect(kept.joined().equals(whole)).toBe(true);
      expect(kept.size).toBe(whole.length);
    }),
  );
});

test.each([
  ['of one byte', 1, 1_000_000],
  ['of a network packet', 1_460, 10_000],
  ['larger than a block', 100_000, 200],
])('pieces %s take little more than their bytes, in few blocks', (_, length, count) => {
  const kept = keptBytes();
  const piece = Buffer.alloc(length, 'x');
  for (let i = 0; i < count; i += 1) kept.add(piece);
  const bytes = length * count;
  expect(kept.taken.bytes).toBeLessThanOrEqual(bytes + Math.max(65_536, length));
  expect(kept.taken.blocks).toBeLessThanOrEqual(20 + bytes / 65_536);
});
