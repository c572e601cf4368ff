import { describe, expect, test } from '@jest/globals';
import { fairShares } from './fair-shares.ts';

const turn = async () => new Promise((resolve) => setImmediate(resolve));

/** Requests that have begun, in order, by client; none ends by itself unless it `ends`. */
function shared({ mostWaiting = 10_000, mostBytes = 1_000_000 } = {}) {
  let at = 0;
  const begun: string[] = [];
  const inTurn = fairShares({ mostWaiting, mostBytes, now: () => at });
  const never = new Promise<never>(() => {});
  const ask = async (client: string, { signal = new AbortController().signal, bytes = 1, ends = false } = {}) =>
    inTurn({ client, signal, bytes }, async () => {
      begun.push(client);
      return ends ? undefined : never;
    });
  return {
    ask,
    begun,
    flood: (client: string, count: number) => {
      for (let i = 0; i < count; i += 1) void ask(client);
    },
    passes: (ms: number) => {
      at += ms;
    },
  };
}

describe('clients share the hub', () => {
  test('one that is alone has all of it', async () => {
    const { flood, begun } = shared();
    flood('a', 1_000);
    await turn();
    expect(begun).toHaveLength(1_000);
  });

  test('case 41: whatever one has sent, the requests of another begin beside it, each in its turn', async () => {
    const { flood, begun } = shared();
    flood('b', 1);
    flood('a', 1_000);
    flood('b', 3);
    for (let i = 0; i < 3; i += 1) await turn();
    expect(begun.filter((client) => client === 'b')).toHaveLength(4);
    expect(begun.filter((client) => client === 'a').length).toBeLessThanOrEqual(4);
  });

  test('what waits begins in order, one of each client in a turn', async () => {
    const { flood, begun } = shared();
    flood('a', 1);
    flood('b', 3);
    flood('c', 3);
    flood('a', 2);
    for (let i = 0; i < 4; i += 1) await turn();
    expect(begun.slice(1)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'b', 'c']);
  });

  test("what has begun and waits for a department holds up none of its client's others", async () => {
    const { flood, begun } = shared();
    flood('b', 1);
    flood('a', 20);
    for (let i = 0; i < 21; i += 1) await turn();
    expect(begun.filter((client) => client === 'a')).toHaveLength(20);
  });

  test('a client that is gone for a second counts no more', async () => {
    const { ask, flood, begun, passes } = shared();
    await ask('b', { ends: true });
    flood('a', 1);
    passes(1_100);
    await turn();
    flood('a', 100);
    expect(begun.filter((client) => client === 'a')).toHaveLength(101);
  });

  test('case 41: a client whose request is not answered yet is there, however long that takes', async () => {
    const { flood, begun, passes } = shared();
    flood('b', 1);
    flood('a', 1);
    passes(1_100);
    await turn();
    flood('a', 100);
    expect(begun.filter((client) => client === 'a')).toHaveLength(1);
  });

  test.each([
    ['number', { mostWaiting: 3 }, 1],
    ['size', { mostBytes: 30 }, 10],
  ])('case 46: of one client no more waits than may, by %s: the next is 429', async (_, limits, bytes) => {
    const { flood, ask } = shared(limits);
    flood('b', 1);
    for (let i = 0; i < 3; i += 1) void ask('a', { bytes });
    await expect(ask('a', { bytes })).rejects.toMatchObject({
      extensions: { code: 'RATE_LIMITED', http: { status: 429 } },
    });
    await turn();
    void ask('a', { bytes });
  });

  test('case 46: what is over while it waits is never begun, and leaves its place', async () => {
    const { flood, ask, begun } = shared({ mostWaiting: 2 });
    flood('b', 1);
    const client = new AbortController();
    const waiting = [ask('a', client), ask('a', client)];
    client.abort();
    for (const one of waiting) await expect(one).rejects.toMatchObject({ extensions: { code: 'SOURCE_TIMEOUT' } });
    await expect(ask('a', client)).rejects.toMatchObject({ extensions: { code: 'SOURCE_TIMEOUT' } });
    flood('a', 2);
    for (let i = 0; i < 3; i += 1) await turn();
    expect(begun).toEqual(['b', 'a', 'a']);
  });
});
