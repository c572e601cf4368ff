import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { readSettings } from '../shared/settings.ts';
import type { Budget } from './budget.ts';
import { ledgers } from './crash-writer.ts';
import { linesUntilKilled } from './killed-process.fixture.ts';
import { openStore } from './open-store.ts';
import { storeSettings } from './settings.ts';

const writer = fileURLToPath(new URL('./crash-writer.ts', import.meta.url));

/** Nothing acknowledged is lost, nothing is half there, nothing twice, however the process ends. */
export function describeCrashes(newUrl: () => string, { crashes, longestMs }: Budget): void {
  test(
    `case 70: ${crashes} times kill -9 between and during saves, all that was acknowledged is there`,
    async () => {
      const url = newUrl();
      for (let crash = 1; crash <= crashes; crash += 1) {
        const acknowledged = Number((await linesUntilKilled(writer, [url], 1 + ((crash * 7) % 60))).at(-1));
        expect(acknowledged).toBeGreaterThan(0);
        const store = await openStore(readSettings(storeSettings, { STORE_URL: url }).values);
        try {
          const ledger = await store.load(ledgers, 'ledger');
          const version = ledger?.version ?? 0;
          expect(version).toBeGreaterThanOrEqual(acknowledged);
          expect(ledger?.data.n).toBe(version);
          expect((await store.findByKey(ledgers, `n:${version}`))?.id).toBe('ledger');
          expect(await store.findByKey(ledgers, `n:${version - 1}`)).toBeNull();
          expect(await store.countBy(ledgers, 'byN')).toEqual(new Map([[String(version), 1]]));
          const events = await store.claim({ type: 'WRITTEN', leaseMs: 0, limit: 100_000 });
          const log = await store.readLog('crash', { first: 100_000 });
          expect(log.length).toBeGreaterThanOrEqual(3 * acknowledged);
          expect(log.length % 3).toBe(0);
          expect(log.every(({ sequence, id }, i) => sequence === i + 1 && id === `r-${sequence}`)).toBe(true);
          expect((await store.findInLogs({ term: 'all', first: 100_000 })).items).toHaveLength(log.length);
          expect(events.map((event) => event.version)).toEqual(Array.from({ length: version }, (_, i) => i + 1));
        } finally {
          await store.close();
        }
      }
    },
    Math.max(longestMs, crashes * 3_000),
  );
}
