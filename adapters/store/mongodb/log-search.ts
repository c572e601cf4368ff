import { trusted } from 'mongoose';
import { z } from 'zod';
import { checkFirst } from '../check-first.ts';
import { cursorOf, placeOf } from '../cursor.ts';
import type { FoundEntry, Json, LogSearch } from '../port.ts';
import type { Database } from './database.ts';
import { recordsWhere } from './logs.ts';
import type { Batch, BatchRecord, Term } from './models.ts';

/** Where a search goes on: instant, log and sequence of the entry before. */
const place = z.tuple([z.number(), z.string(), z.number()]);

/** Entries of all logs by a term, newest first, as the index of terms stands. */
export function logSearch(
  { models: { terms, batches }, name, run }: Database,
  jsonOf: (text: string, what: string) => Json,
) {
  const findInLogs = async ({ term, from = -Infinity, to = Infinity, cursor = null, first }: LogSearch) => {
    checkFirst(first, name);
    const start = cursor === null ? null : placeOf(place, cursor, name);
    return run(async () => {
      const items: FoundEntry[] = [];
      let behind: Pick<Term, 'newest' | 'log' | 'sequence'> | null =
        start === null ? null : { newest: 0 - start[0], log: start[1], sequence: start[2] };
      for (let more = true; more && items.length <= first;) {
        const limit = first + 1 - items.length;
        const met: readonly Term[] = await termsFrom(term, {
          // Instants are whole: the same as low < newest <= high without fractions.
          low: Math.floor(0 - to) + 1,
          end: Math.floor(0 - from) + 1,
          behind,
          limit,
        });
        items.push(...(await entriesOf(met)));
        behind = met.at(-1) ?? behind;
        more = met.length === limit;
      }
      const shown = items.slice(0, first);
      return { items: shown, next: items.length > first ? (shown.at(-1)?.cursor ?? null) : null };
    });
  };

  /** Instants are kept negated: with low <= newest < end, behind a place, in the order of the index. */
  async function termsFrom(term: string, { low, end, behind, limit }: Part): Promise<readonly Term[]> {
    // As three ranges of one index, each in its order: one condition over all of them is no range to the server.
    const parts =
      behind === null || behind.newest < low
        ? [{ newest: trusted({ $gte: low, $lt: end }) }]
        : [
            { newest: behind.newest, log: behind.log, sequence: trusted({ $gt: behind.sequence }) },
            { newest: behind.newest, log: trusted({ $gt: behind.log }) },
            { newest: trusted({ $gt: behind.newest, $lt: end }) },
          ];
    const met: Term[] = [];
    for (const part of parts) {
      if (met.length === limit || (behind !== null && behind.newest >= end)) break;
      const left = limit - met.length;
      met.push(
        ...(await terms
          .find({ term, ...part })
          .sort({ newest: 1, log: 1, sequence: 1 })
          .limit(left)
          .lean()),
      );
    }
    return met;
  }

  /** Of those whose entry has their record, in their order. */
  async function entriesOf(met: readonly Term[]): Promise<readonly FoundEntry[]> {
    const records = new Map<string, BatchRecord>();
    for (const [log, some] of Map.groupBy(met, (one) => one.log)) {
      const [ids, sequences] = [some.map(({ id }) => id), some.map(({ sequence }) => sequence)];
      const found = await batches
        .find({ log, 'records.id': trusted({ $in: ids }) })
        .select({ records: recordsWhere({ $in: ['$$this.sequence', sequences] }, ids.length) })
        .lean<readonly Pick<Batch, 'records'>[]>();
      for (const batch of found) for (const record of batch.records) records.set(`${record.sequence} ${log}`, record);
    }
    return met.flatMap(({ newest, log, sequence, id }) => {
      const record = records.get(`${sequence} ${log}`);
      if (record?.id !== id) return [];
      const data = jsonOf(record.text, `entry ${sequence} of ${log}`);
      return [{ id, data, sequence, log, cursor: cursorOf([0 - newest, log, sequence]) }];
    });
  }

  return { findInLogs };
}

interface Part {
  readonly low: number;
  readonly end: number;
  readonly behind: Pick<Term, 'newest' | 'log' | 'sequence'> | null;
  readonly limit: number;
}
