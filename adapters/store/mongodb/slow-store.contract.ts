/** A database behind a network that is far slower than a request can wait: everything that one waits for ends in time, with a code. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type TcpProxy, tcpProxy } from '../../../e2e/stack/faults/tcp-proxy.ts';
import {
  placeInMemory,
  publicKeys,
  requestRecord,
  signingKey,
  silent,
  spoolInMemory,
} from '../../audit/audit.fixture.ts';
import { isSound, verifyAudit } from '../../audit/cli/verify-audit.ts';
import { openAuditLog } from '../../audit/open-audit-log.ts';
import { openStore } from '../open-store.ts';
import { defineCollection, type Store, StoreError } from '../port.ts';
import { addressOf, type MongodbUnderTest } from './mongodb-under-test.fixture.ts';

const LIMIT_MS = 500;
/** One way; an operation takes several, there and back. */
const DELAY_MS = 4_000;
/** Of what is to end after `LIMIT_MS`, on a machine that has much else to do. */
const SOON_MS = 3_500;

const things = defineCollection({
  name: 'thing',
  schema: z.object({ n: z.number() }),
  keys: ({ n }) => [`k${n}`],
  indexes: { byN: ({ n }: { n: number }) => [String(n)] },
});
const thing = { id: 't2', data: { n: 2 }, expectedVersion: 0, events: [{ id: 'e2', type: 'T', data: 2 }] };

export function describeSlowStore(server: () => MongodbUnderTest): void {
  let proxy: TcpProxy;
  let store: Store;
  beforeEach(async () => {
    const url = new URL(server().newUrl());
    proxy = await tcpProxy(Number(url.port));
    url.port = String(proxy.port);
    // Or the driver goes to the address that the server names.
    url.searchParams.set('directConnection', 'true');
    store = await openStore({ STORE_URL: addressOf(url.href), STORE_TIMEOUT_MS: LIMIT_MS }, { answersRequests: true });
  });
  afterEach(async () => {
    await proxy?.mend();
    await store?.close();
    await proxy?.close();
  });

  test('every operation that a request waits for ends in time and says that the store is slow; then all goes on, and nothing is there twice', async () => {
    await store.save(things, { id: 't1', data: { n: 1 }, expectedVersion: 0 });
    await store.append('log', [{ id: 'r1', data: 1, at: 1, terms: ['x'] }], { after: 0 });
    const operations: Readonly<Record<string, () => Promise<unknown>>> = {
      load: async () => store.load(things, 't1'),
      loadMany: async () => store.loadMany(things, ['t1']),
      findByKey: async () => store.findByKey(things, 'k1'),
      findByKeys: async () => store.findByKeys(things, ['k1']),
      page: async () => store.page(things, { index: 'byN', value: '1', first: 1 }),
      countBy: async () => store.countBy(things, 'byN'),
      findInLogs: async () => store.findInLogs({ term: 'x', first: 1 }),
      readLog: async () => store.readLog('log', { first: 1 }),
      lastOfLog: async () => store.lastOfLog('log'),
      entryOfLog: async () => store.entryOfLog('log', 'r1'),
      save: async () => store.save(things, thing),
      append: async () => store.append('log', [{ id: 'r2', data: 2, at: 2, terms: ['x'] }], { after: 1 }),
    };
    proxy.delay(DELAY_MS);
    const ended = await Promise.all(
      Object.entries(operations).map(async ([name, operation]) => {
        const began = performance.now();
        const failed = await operation().catch((error: unknown) => error);
        return { name, failed, tookMs: performance.now() - began };
      }),
    );
    for (const { name, failed, tookMs } of ended) {
      expect([name, failed]).toEqual([name, expect.any(StoreError)]);
      expect(failed).toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringMatching(
          /^The store mongodb:\/\/127\.0\.0\.1:\d+\/\w+ cannot be reached.*the store is slow: no answer within 500 ms; look at its load.*STORE_TIMEOUT_MS/,
        ),
      });
      expect(tookMs).toBeLessThan(SOON_MS);
    }

    await proxy.mend();
    await again(async () => store.save(things, thing));
    expect(await store.load(things, 't2')).toMatchObject({ version: 1 });
    expect((await store.claim({ type: 'T', leaseMs: 60_000, limit: 9 })).map(({ id }) => id)).toEqual(['e2']);
    // As every writer of a log does: look for the record before it is appended again.
    if ((await store.entryOfLog('log', 'r2')) === null) await operations['append']?.();
    expect((await store.readLog('log', { first: 9 })).map(({ id }) => id)).toEqual(['r1', 'r2']);
  });

  test('while the store is slow no record of the audit log is acknowledged; afterwards its chain goes on whole, each record once', async () => {
    const place = placeInMemory();
    const spool = spoolInMemory();
    const options = { store, writer: 'hub', place, spool, signingKey, log: silent, every: () => () => {} };
    const auditLog = await openAuditLog(options);
    await auditLog.append(requestRecord({ id: 'before' }));
    proxy.delay(DELAY_MS);
    await expect(auditLog.append(requestRecord({ id: 'late' }))).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
      cause: { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('the store is slow') },
    });
    await auditLog.appendThroughSpool(requestRecord({ id: 'emergency' }));
    expect(spool.pending('REQUEST').map(({ id }) => id)).toEqual(['emergency']);

    await proxy.mend();
    await again(async () => auditLog.append(requestRecord({ id: 'late' })));
    await auditLog.append(requestRecord({ id: 'after' }));
    await auditLog.close();
    const kept = await store.examineLog('audit:hub', { first: 9 });
    expect(kept.map(({ id }) => id).toSorted()).toEqual(['after', 'before', 'emergency', 'late']);
    expect(spool.pending('REQUEST')).toEqual([]);
    const report = await verifyAudit(store, { places: [await place.readAll()], keys: publicKeys });
    expect(isSound(report)).toBe(true);
  });
}

/** Until the connections are as fast as before: what is under way in them comes late still. */
async function again(step: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await step();
      return;
    } catch (error) {
      if (attempt === 60) throw error;
    }
  }
}
