import { expect, test } from '@jest/globals';
import { inForce } from './in-force.ts';

/** Versions 1, 2, …; which are stopped is noted. */
function versions() {
  const stopped: number[] = [];
  const failures: unknown[] = [];
  const version = (n: number, stop = async () => {}) => ({
    n,
    stop: async () => {
      stopped.push(n);
      await stop();
    },
  });
  return { stopped, failures, version, stopFailed: (error: unknown) => void failures.push(error) };
}

test('who began with one goes on with it; who comes later gets the next', async () => {
  const { stopped, version, stopFailed } = versions();
  const engines = inForce(version(1), { stopFailed });
  const gate = Promise.withResolvers<void>();
  const early = engines.use(async ({ n }) => gate.promise.then(() => n));
  engines.replaceBy(version(2));
  expect(await engines.use(async ({ n }) => n)).toBe(2);
  expect(stopped).toEqual([]);
  gate.resolve();
  expect(await early).toBe(1);
  expect(stopped).toEqual([1]);
});

test('one that nobody works with is stopped at once', () => {
  const { stopped, version, stopFailed } = versions();
  const engines = inForce(version(1), { stopFailed });
  engines.replaceBy(version(2));
  expect([stopped, engines.current.n]).toEqual([[1], 2]);
});

test('one in force is not stopped because its users are done', async () => {
  const { stopped, version, stopFailed } = versions();
  const engines = inForce(version(1), { stopFailed });
  await engines.use(async () => {});
  expect(stopped).toEqual([]);
});

test('work that fails lets go as well', async () => {
  const { stopped, version, stopFailed } = versions();
  const engines = inForce(version(1), { stopFailed });
  const failing = engines.use(async () => Promise.reject(new Error('no')));
  engines.replaceBy(version(2));
  await expect(failing).rejects.toThrow('no');
  expect(stopped).toEqual([1]);
});

test('at the end it waits for every stop, and one that fails is told', async () => {
  const { stopped, failures, version, stopFailed } = versions();
  const gate = Promise.withResolvers<void>();
  const broken = async () => Promise.reject(new Error('stuck'));
  const engines = inForce(
    version(1, async () => gate.promise),
    { stopFailed },
  );
  engines.replaceBy(version(2, broken));
  let closed = false;
  const closing = engines.close().then(() => {
    closed = true;
  });
  await new Promise(setImmediate);
  expect([stopped, closed]).toEqual([[1, 2], false]);
  gate.resolve();
  await closing;
  expect(failures).toEqual([new Error('stuck')]);
});
