import { expect, test } from '@jest/globals';
import { followSchema } from './follow-schema.ts';
import { SchemaRefused } from './schema-refused.ts';

type Files = readonly string[];

/** Two files at their first versions, followed; what begins with `bad` is refused. `look` is one tick of the clock. */
function following({ watch = true, take }: { watch?: boolean; take?: (files: Files) => Promise<void> } = {}) {
  let files: Files = ['a1', 'b1'];
  const taken: string[] = [];
  const told: string[] = [];
  let tick: () => unknown = () => {};
  const stopped = { is: false };
  const note = (level: string) => (entry: object) => {
    told.push('problems' in entry ? `${level} ${String(entry.problems)}` : level);
  };
  const followed = followSchema<Files>({
    read: async () => files,
    inForce: files,
    take: async (next) => {
      if (next.some((file) => file.startsWith('bad'))) throw new SchemaRefused(['one', 'two']);
      await take?.(next);
      taken.push(next.join(' '));
    },
    watch,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    every: (_milliseconds, task) => {
      tick = task;
      return () => {
        stopped.is = true;
      };
    },
  });
  const settled = async () => new Promise(setImmediate);
  return {
    followed,
    taken,
    told,
    stopped,
    write: (...next: Files) => {
      files = next;
    },
    look: async () => {
      tick();
      await settled();
    },
  };
}

test('nothing is taken while nothing changes', async () => {
  const { look, taken, told } = following();
  for (let i = 0; i < 3; i += 1) await look();
  expect([taken, told]).toEqual([[], []]);
});

test('a change is taken when two looks in a row have found it, once', async () => {
  const { look, write, taken, told } = following();
  write('a2', 'b2');
  await look();
  expect(taken).toEqual([]);
  for (let i = 0; i < 3; i += 1) await look();
  expect([taken, told]).toEqual([['a2 b2'], ['info']]);
});

test('files that change one after the other are taken together', async () => {
  const { look, write, taken } = following();
  write('a2', 'b1');
  await look();
  write('a2', 'b2');
  await look();
  await look();
  expect(taken).toEqual(['a2 b2']);
});

test('a bad one is refused once, in words; the next change is tried again', async () => {
  const { followed, look, write, taken, told } = following();
  write('bad', 'b2');
  for (let i = 0; i < 4; i += 1) await look();
  expect([taken, told, followed.isRefused]).toEqual([[], ['error one,two'], true]);
  write('a3', 'b3');
  for (let i = 0; i < 2; i += 1) await look();
  expect([taken, told.at(-1), followed.isRefused]).toEqual([['a3 b3'], 'info', false]);
});

test('files that are put back to what is in force are no change, and nothing is refused any more', async () => {
  const { followed, look, write, taken, told } = following();
  write('bad', 'b2');
  for (let i = 0; i < 2; i += 1) await look();
  write('a1', 'b1');
  for (let i = 0; i < 2; i += 1) await look();
  expect([taken, told, followed.isRefused]).toEqual([[], ['error one,two', 'info'], false]);
});

test('who says so gets what is there now, without a second look', async () => {
  const { followed, write, taken } = following();
  write('a2', 'b2');
  await followed.reload();
  expect(taken).toEqual(['a2 b2']);
});

test('who says so again gets the same refusal again: what was wrong may lie outside of the files', async () => {
  const { followed, write, told } = following();
  write('bad', 'b2');
  await followed.reload();
  await followed.reload();
  expect(told).toEqual(['error one,two', 'error one,two']);
});

test('who says so without a change is told that there is none', async () => {
  const { followed, taken, told } = following();
  await followed.reload();
  expect([taken, told]).toEqual([[], ['info']]);
});

test('one after the other: a signal during a take-over waits for it and takes what has changed since', async () => {
  const gate = Promise.withResolvers<void>();
  const started: string[] = [];
  const { followed, write, taken } = following({
    take: async (files) => {
      started.push(files.join(' '));
      await gate.promise;
    },
  });
  write('a2', 'b2');
  const first = followed.reload();
  await new Promise(setImmediate);
  write('a3', 'b3');
  const second = followed.reload();
  await new Promise(setImmediate);
  expect([started, taken]).toEqual([['a2 b2'], []]);
  gate.resolve();
  await Promise.all([first, second]);
  expect(taken).toEqual(['a2 b2', 'a3 b3']);
});

test('looks do not pile up behind a slow take-over', async () => {
  const gate = Promise.withResolvers<void>();
  const { followed, look, write, taken } = following({ take: async () => gate.promise });
  write('a2', 'b2');
  for (let i = 0; i < 10; i += 1) await look();
  gate.resolve();
  await followed.close();
  expect(taken).toEqual(['a2 b2']);
});

test('unwatched files are taken only when somebody says so', async () => {
  const { followed, look, write, taken } = following({ watch: false });
  write('a2', 'b2');
  for (let i = 0; i < 3; i += 1) await look();
  expect(taken).toEqual([]);
  await followed.reload();
  expect(taken).toEqual(['a2 b2']);
});

test('the end stops the looking and waits for a take-over under way', async () => {
  const gate = Promise.withResolvers<void>();
  const { followed, stopped, write, taken } = following({ take: async () => gate.promise });
  write('a2', 'b2');
  void followed.reload();
  await new Promise(setImmediate);
  const closing = followed.close();
  gate.resolve();
  await closing;
  write('a3', 'b3');
  await followed.reload();
  expect([stopped.is, taken]).toEqual([true, ['a2 b2']]);
});
