import { AUDIT_LOG_PREFIX, type ChainedRecord, chainedRecordSchema } from '../port.ts';
import type { Store } from '../../store/port.ts';

const BATCH = 1_000;
const SHANGHAI = '+08:00';

/** All records of all chains, each chain from its beginning: the chains themselves, not the index that queries use. */
export async function* readRecords(
  store: Store,
  { from, to }: { from: string | null; to: string | null },
): AsyncGenerator<{ readonly log: string; readonly chained: ChainedRecord }> {
  const [begin, end] = [startOf(from) ?? -Infinity, startOf(to) ?? Infinity];
  for (const log of await store.logs(AUDIT_LOG_PREFIX)) {
    for (let after = 0; ;) {
      const entries = await store.readLog(log, { after, first: BATCH });
      for (const { data } of entries) {
        const chained = chainedRecordSchema.parse(data);
        const at = Date.parse(chained.record.at);
        if (at >= begin && at < end) yield { log, chained };
      }
      if (entries.length < BATCH) break;
      after = entries.at(-1)?.sequence ?? after;
    }
  }
}

/** Days are Shanghai's. */
export function startOf(day: string | null): number | null {
  return day === null ? null : Date.parse(`${day}T00:00:00${SHANGHAI}`);
}
