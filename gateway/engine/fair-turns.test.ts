import { expect, test } from '@jest/globals';
import { fairTurns } from './fair-turns.ts';

const wanted = () => true;

/** Turns of which the first is taken until `begin` is called; notes what is done. */
function turnsBehindOne(most = 3) {
  const done: string[] = [];
  const { promise, resolve: begin } = Promise.withResolvers<void>();
  const turns = fairTurns({ most });
  const first = turns({ client: 'first', isWanted: wanted }, async () => promise);
  const ask = async (client: string | null, name: string, isWanted = wanted) =>
    turns({ client, isWanted }, async () => {
      done.push(name);
      return name;
    });
  return { ask, begin, done, first };
}

test('clients take turns, each with its oldest', async () => {
  const { ask, begin, done } = turnsBehindOne();
  const all = ['a1', 'a2', 'a3', 'b1', 'c1', 'b2'].map(async (name) => ask(name.slice(0, 1), name));
  const nobody = ask(null, 'null');
  begin();
  expect(await Promise.all([...all, nobody])).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'b2', 'null']);
  expect(done).toEqual(['a1', 'b1', 'c1', 'null', 'a2', 'b2', 'a3']);
});

test('a client with as much waiting as it may is refused, others are not', async () => {
  const { ask, begin } = turnsBehindOne();
  const waiting = ['a1', 'a2', 'a3'].map(async (name) => ask('a', name));
  await expect(ask('a', 'a4')).rejects.toThrow(expect.objectContaining({ name: 'ClientQueueFull' }));
  const other = ask('b', 'b1');
  begin();
  expect(await Promise.all([...waiting, other])).toEqual(['a1', 'a2', 'a3', 'b1']);
  expect(await ask('a', 'a4')).toBe('a4');
});

test('what nobody waits for any more is not done, and takes nobody’s place', async () => {
  const { ask, begin, done } = turnsBehindOne();
  let isThere = true;
  const left = ['a1', 'a2', 'a3'].map(async (name) => ask('a', name, () => isThere));
  const all = Promise.allSettled(left);
  isThere = false;
  const next = ask('a', 'a4');
  begin();
  expect(await next).toBe('a4');
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(done).toEqual(['a4']);
});

test('work that fails is told to who asked for it, and the next goes on', async () => {
  const turns = fairTurns({ most: 3 });
  const failing = turns({ client: 'a', isWanted: wanted }, () => Promise.reject(new Error('broken')));
  const next = turns({ client: 'a', isWanted: wanted }, async () => 'next');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('next');
});
