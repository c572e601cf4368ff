import { describe, expect, test } from '@jest/globals';
import { fairShares } from './fair-shares.ts';

interface Asked {
  readonly client: string;
  readonly done: () => void;
}

/** Requests whose work ends when the test says so; `busy` is the event loop's share. */
function shared({ busy = 1, mostWaiting = 10_000 } = {}) {
  let at = 0;
  const running: Asked[] = [];
  const inTurn = fairShares({ mostWaiting, now: () => at, busy: () => busy });
  const ask = async (client: string, signal = new AbortController().signal): Promise<void> =>
    inTurn(client, signal, async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      running.push({ client, done: resolve });
      await promise;
    });
  const settle = async () => {
    for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  /** The loop has been full, or free, for so long that the number at a time is at its end; `b` has just asked. */
  const longSo = async () => {
    for (let i = 0; i < 20; i += 1) {
      at += 50;
      await inTurn('b', new AbortController().signal, async () => {});
    }
  };
  return {
    ask,
    settle,
    longSo,
    /** So many requests of the client, none of which ends by itself. */
    flood: (client: string, count: number) => {
      for (let i = 0; i < count; i += 1) void ask(client);
    },
    passes: (ms: number) => {
      at += ms;
    },
    runningOf: (client: string) => running.filter((one) => one.client === client).length,
    /** The oldest of the client's that is at work comes to its end. */
    end: async (client: string) => {
      const i = running.findIndex((one) => one.client === client);
      running.splice(i, 1)[0]?.done();
      await settle();
    },
  };
}

describe('clients share the hub', () => {
  test('one that is alone has all of it', async () => {
    const { flood, runningOf } = shared();
    flood('a', 1_000);
    expect(runningOf('a')).toBe(1_000);
  });

  test('case 41: whatever one has sent, another is served at once', async () => {
    const { flood, ask, runningOf, settle } = shared();
    flood('a', 1_000);
    void ask('b');
    await settle();
    expect(runningOf('b')).toBe(1);
  });

  test('while the event loop is full and others ask, one has little at work, and the rest waits', async () => {
    const { longSo, flood, end, runningOf, settle } = shared({ busy: 1 });
    flood('a', 3);
    await longSo();
    flood('a', 1_000);
    for (let i = 0; i < 50; i += 1) await end('a');
    await settle();
    expect(runningOf('a')).toBe(1);
  });

  test('while it is not, because all wait for departments, all are at work', async () => {
    const { longSo, flood, runningOf } = shared({ busy: 0.1 });
    await longSo();
    flood('a', 300);
    expect(runningOf('a')).toBe(300);
  });

  test('who waits is served in order, each client in its turn', async () => {
    const { longSo, flood, end, runningOf } = shared({ busy: 1 });
    flood('a', 1);
    await longSo();
    flood('a', 50);
    flood('b', 50);
    flood('c', 50);
    for (let i = 0; i < 30; i += 1) {
      await end('a');
      expect([runningOf('a'), runningOf('b'), runningOf('c')]).toEqual([1, 1, 1]);
    }
  });

  test('a client that is gone for a second counts no more', async () => {
    const { longSo, flood, passes, end, runningOf } = shared({ busy: 1 });
    flood('a', 1);
    await longSo();
    flood('a', 500);
    expect(runningOf('a')).toBe(1);
    passes(1_100);
    await end('a');
    expect(runningOf('a')).toBe(500);
  });

  test('of one client no more wait than may: the next is 429', async () => {
    const { longSo, flood, ask } = shared({ busy: 1, mostWaiting: 3 });
    flood('a', 1);
    await longSo();
    flood('a', 3);
    await expect(ask('a')).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED', http: { status: 429 } } });
  });

  test('case 46: who goes while it waits does not wait for its turn', async () => {
    const { longSo, flood, ask, runningOf, settle } = shared({ busy: 1 });
    flood('a', 1);
    await longSo();
    const client = new AbortController();
    void ask('a', client.signal);
    await settle();
    expect(runningOf('a')).toBe(1);
    client.abort();
    await settle();
    expect(runningOf('a')).toBe(2);
  });

  test('case 46: what waits is done one a turn of the event loop, so that others come in between', async () => {
    let at = 0;
    const inTurn = fairShares({ now: () => at, busy: () => 1 });
    const signal = new AbortController().signal;
    const held = Promise.withResolvers<void>();
    void inTurn('a', signal, async () => held.promise);
    for (let i = 0; i < 20; i += 1) {
      at += 50;
      await inTurn('b', signal, async () => {});
    }
    let done = 0;
    const work = async () => {
      done += 1;
    };
    for (let i = 0; i < 100; i += 1) void inTurn('a', signal, work);
    held.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBeLessThan(10);
  });
});
