/**
 * Writes to a store in the folder that it is given until its disk is full, then makes room by removing the file `ballast`
 * there, and writes on. What it saw it says as JSON.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledgers } from '../crash-writer.ts';
import { openStore } from '../open-store.ts';
import { StoreError } from '../port.ts';

const [folder = ''] = process.argv.slice(2);
const ballast = join(folder, 'ballast');
writeFileSync(ballast, Buffer.alloc(1_000_000));
const store = await openStore({ STORE_URL: { engine: 'sqlite', file: join(folder, 'hub.db') } });
let acknowledged = 0;
const save = async () => {
  const data = { n: acknowledged + 1, padding: 'x'.repeat(5_000) };
  ({ version: acknowledged } = await store.save(ledgers, { id: 'ledger', data, expectedVersion: acknowledged }));
};
// Larger than what is left where a save found no room.
const append = async () => store.append('log', [{ id: 'r', data: 'x'.repeat(50_000) }], { after: 0 });

async function refusalOf(step: () => Promise<unknown>): Promise<string> {
  try {
    for (;;) await step();
  } catch (error) {
    if (error instanceof StoreError) return `${error.code} ${error.message}`;
    throw error;
  }
}

const refused = [await refusalOf(save), await refusalOf(append)];
const full = { acknowledged, read: (await store.load(ledgers, 'ledger'))?.version };
rmSync(ballast);
await save();
await append();
console.log(JSON.stringify({ refused, full, acknowledged }));
await store.close();
