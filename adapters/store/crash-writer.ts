/** The process that the crash tests kill: saves one document again and again, writes each acknowledged version to stdout. */
import { writeSync } from 'node:fs';
import { z } from 'zod';
import { readSettings } from '../shared/settings.ts';
import { openStore } from './open-store.ts';
import { defineCollection } from './port.ts';
import { storeSettings } from './settings.ts';

export const ledgers = defineCollection({
  name: 'ledger',
  schema: z.object({ n: z.number(), padding: z.string() }),
  keys: ({ n }) => [`n:${n}`],
  indexes: { byN: ({ n }: { n: number }) => [String(n)] },
});

async function writeUntilKilled(url: string): Promise<never> {
  const store = await openStore(readSettings(storeSettings, { STORE_URL: url }).values);
  let version = (await store.load(ledgers, 'ledger'))?.version ?? 0;
  for (;;) {
    const n = version + 1;
    const events = [{ id: `e-${n}`, type: 'WRITTEN', data: n }];
    const data = { n, padding: 'x'.repeat(5_000) };
    const after = (await store.lastOfLog('crash'))?.sequence ?? 0;
    const records = [1, 2, 3].map((i) => ({ id: `r-${after + i}`, data: after + i, at: after + i, terms: ['all'] }));
    await store.append('crash', records, { after });
    ({ version } = await store.save(ledgers, { id: 'ledger', data, expectedVersion: version, events }));
    writeSync(1, `${version}\n`);
  }
}

if (import.meta.main) await writeUntilKilled(process.argv[2] ?? '');
