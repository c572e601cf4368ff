/** Opens the store that it is given and writes to it once, under an account that is nobody in particular. */
import { ledgers } from '../crash-writer.ts';
import { openStore } from '../open-store.ts';
import { StoreError } from '../port.ts';

const NOBODY = 65_534;

try {
  // Root may write whatever it likes. For good, as who may write a file is asked of the account that a process began with.
  if (process.geteuid?.() === 0) process.setuid?.(NOBODY);
  const store = await openStore({ STORE_URL: { engine: 'sqlite', file: process.argv[2] ?? '' } });
  await store.save(ledgers, { id: 'ledger', data: { n: 2, padding: '' }, expectedVersion: 1 });
  await store.close();
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  console.error(`${error.code} ${error.message}`);
  process.exitCode = 1;
}
