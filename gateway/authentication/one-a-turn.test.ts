import { expect, test } from '@jest/globals';
import { oneATurn } from './one-a-turn.ts';

const turn = async () => new Promise((resolve) => setImmediate(resolve));

test('case 46: of a flood one begins in a turn of the event loop, in order', async () => {
  const begun: number[] = [];
  const inTurn = oneATurn();
  const all = [0, 1, 2].map(async (n) => inTurn(async () => begun.push(n)));
  const seen: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    await turn();
    seen.push(begun.length);
  }
  await Promise.all(all);
  expect(begun).toEqual([0, 1, 2]);
  expect(seen.every((count, i) => count - (seen[i - 1] ?? 0) <= 1)).toBe(true);
  expect(seen.at(-1)).toBe(3);
});

test('case 46: more than so many do not wait, and those that fail hold up nobody', async () => {
  const inTurn = oneATurn({ mostWaiting: 2 });
  const failing = inTurn(() => Promise.reject(new Error('no token')));
  const second = inTurn(async () => 'second');
  await expect(inTurn(async () => 'third')).rejects.toMatchObject({
    extensions: { code: 'RATE_LIMITED', http: { status: 429 } },
  });
  await expect(failing).rejects.toThrow('no token');
  expect(await second).toBe('second');
  expect(await inTurn(async () => 'later')).toBe('later');
});
