import { expect, test } from '@jest/globals';
import { batchedRead, type OwnedRow } from './batched-read.ts';

const SOURCE = { source: 'sample', list: 'visits', isLocalId: (id: string) => /^[A-Z]$/.test(id) };
const rowOf = (localId: string): OwnedRow<string> => ({ localId, row: `of ${localId}` });

test('each id is asked for once, in parts, and answered in key order; the oldest part dates the answer', async () => {
  const asked: (readonly string[])[] = [];
  const read = batchedRead<string>({
    ...SOURCE,
    largestBatch: 2,
    async readBatch(ids) {
      asked.push(ids);
      return {
        asOf: `2026-11-2${asked.length}T00:00:00Z`,
        known: ids,
        rows: ids.filter((id) => id !== 'B').map(rowOf),
      };
    },
  });
  expect(await read(['C', 'A', 'a,b', 'B', 'A'])).toEqual({
    asOf: '2026-11-21T00:00:00Z',
    cached: false,
    rows: [['of C'], ['of A'], null, [], ['of A']],
  });
  expect(asked).toEqual([['C', 'A'], ['B']]);
});

test('rows of anybody else are dropped and counted, without a value', async () => {
  const told: unknown[] = [];
  const read = batchedRead<string>({
    ...SOURCE,
    log: { warn: (...entry) => void told.push(entry) },
    readBatch: async () => ({
      asOf: null,
      known: ['A', 'Z'],
      rows: [...['A', 'Z', 'Y'].map(rowOf), { localId: null, row: 'x' }],
    }),
  });
  expect((await read(['A', 'B'])).rows).toEqual([['of A'], null]);
  expect(told).toEqual([[{ source: 'sample', list: 'visits', count: 3 }, 'rows of persons not asked for']]);
});

test('one deadline holds for all parts, and a caller who has gone costs no call', async () => {
  const signals = new Set<AbortSignal | undefined>();
  const read = batchedRead<string>({
    ...SOURCE,
    largestBatch: 1,
    deadlineMs: 60_000,
    async readBatch(ids, { signal }) {
      signals.add(signal);
      return { asOf: null, known: ids, rows: [] };
    },
  });
  const gone = { signal: AbortSignal.abort() };
  await expect(read(['A'], gone)).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT', source: 'sample' });
  expect(signals.size).toBe(0);
  await read(['A', 'B']);
  expect(signals.size).toBe(1);
});
