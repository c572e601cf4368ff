import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../store/port.ts';
import { openSqliteStore, type SqliteStore } from '../store/sqlite/sqlite-store.ts';
import { timedStore } from '../store/timed-store.ts';
import { handTurned, placeInMemory, requestRecord, signingKey, silent, spoolInMemory } from './audit.fixture.ts';
import { chainHash, GENESIS } from './chain-hash.ts';
import { openAuditLog } from './open-audit-log.ts';
import { chainedRecordSchema } from './port.ts';

let sqlite: SqliteStore;
beforeEach(() => {
  sqlite = openSqliteStore({ file: ':memory:' });
});
afterEach(() => sqlite.close());

const options = (store: Store) => ({
  store,
  writer: 'hub',
  place: placeInMemory(),
  spool: spoolInMemory(),
  signingKey,
  log: silent,
  every: handTurned().every,
});

/** A store that gives everything up after a moment. Its second append is carried out only when that is asked for. */
function slowStore() {
  const asked = Promise.withResolvers<void>();
  let meanwhile = async () => {};
  const appends: Promise<void>[] = [];
  const append = async (...given: Parameters<Store['append']>) => {
    await (appends.length === 1 ? asked.promise : meanwhile());
    await sqlite.append(...given);
  };
  const late: Store = {
    ...sqlite,
    append: async (...given) => {
      const appending = append(...given);
      appends.push(appending);
      return appending;
    },
  };
  return {
    store: timedStore(late, { name: 'mongodb://h/care', limitMs: 20 }),
    carriedOut: async () => {
      asked.resolve();
      await appends[1]?.catch(() => {});
    },
    /** Between the look at the end of the chain and the next append. */
    inBetween: (step: () => Promise<void>) => {
      meanwhile = step;
    },
  };
}

describe('a record that the store does not take in time is refused, and the chain goes on whole, whenever that append is carried out:', () => {
  const warned: object[] = [];
  async function givenUp() {
    warned.length = 0;
    const slow = slowStore();
    const warning = { ...silent, warn: (entry: object) => void warned.push(entry) };
    const log = await openAuditLog({ ...options(slow.store), log: warning });
    await log.append(requestRecord({ id: 'before' }));
    await expect(log.append(requestRecord({ id: 'late' }))).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
      cause: { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('the store is slow') },
    });
    return { ...slow, log };
  }
  async function expectChain(...ids: readonly string[]): Promise<void> {
    const records = (await sqlite.readLog('audit:hub', { first: 9 })).map(({ data }) =>
      chainedRecordSchema.parse(data),
    );
    expect(records.map(({ sequence, record }) => [sequence, record.id])).toEqual(
      ['before', ...ids].map((id, i) => [i + 1, id]),
    );
    records.forEach((record, i) => {
      expect(record.previous).toBe(records[i - 1]?.hash ?? GENESIS);
      expect(chainHash({ ...record })).toBe(record.hash);
    });
    // That was this process itself.
    expect(warned).toEqual([]);
  }

  test('before the next', async () => {
    const { log, carriedOut } = await givenUp();
    await carriedOut();
    await log.append(requestRecord({ id: 'next' }));
    await expectChain('late', 'next');
  });

  test('while the next is on its way, which then stands behind it', async () => {
    const { log, carriedOut, inBetween } = await givenUp();
    inBetween(carriedOut);
    await log.append(requestRecord({ id: 'next' }));
    await expectChain('late', 'next');
  });

  test('after the next, where there is no place for it any more; asked for again it is there once', async () => {
    const { log, carriedOut } = await givenUp();
    await log.append(requestRecord({ id: 'next' }));
    await carriedOut();
    await expectChain('next');
    await log.append(requestRecord({ id: 'late' }));
    await log.append(requestRecord({ id: 'late' }));
    await expectChain('next', 'late');
  });
});

test.each(['append', 'lastOfLog'] as const)(
  'case 64: while %s of the store hangs an emergency is on the spool, and no other request waits for longer than that',
  async (operation) => {
    const hanging = { ...sqlite, [operation]: async () => new Promise<never>(() => {}) };
    const given = options(timedStore(hanging, { name: 'mongodb://h/care', limitMs: 20 }));
    const log = await openAuditLog(given);
    const others = ['r1', 'r2', 'r3'].map(async (id) => log.append(requestRecord({ id })));
    await log.appendThroughSpool(requestRecord({ id: 'e1' }));
    expect((await Promise.allSettled(others)).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(given.spool.pending('REQUEST').map(({ id }) => id)).toEqual(['e1']);
  },
);
