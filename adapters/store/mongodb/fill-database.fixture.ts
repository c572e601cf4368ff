/** Fills a database quickly, for measuring what a large one does. Test support. */
import { z } from 'zod';
import { allRows } from '../sqlite/all-rows.ts';
import { openDatabase } from '../sqlite/database.ts';
import { connectDatabase } from './database.ts';
import { addressOf, onDatabase } from './mongodb-under-test.fixture.ts';
import { finishMigration, takeOver } from './take-over.ts';

/** Carries an embedded store into it as `npm run migrate` does, but nobody waits for the disk or looks for what may be there. */
export async function fillDatabase(file: string, url: string, progress: (what: string, done: number) => void) {
  const source = openDatabase(file);
  try {
    const target = await connectDatabase(addressOf(url));
    try {
      await takeOver(target, allRows(source.connection), { progress, onlyMeasured: true });
      await finishMigration(target);
    } finally {
      await target.close();
    }
  } finally {
    source.close();
  }
}

/** Bytes on the disk, those of its indexes too, as the server says. */
export async function sizeOfDatabase(url: string): Promise<number> {
  return onDatabase(url, async (database) => {
    const { storageSize, indexSize } = statistics.parse(await database.stats());
    return storageSize + indexSize;
  });
}

const statistics = z.object({ storageSize: z.number(), indexSize: z.number() });
