import { trusted } from 'mongoose';
import { checkFirst } from '../check-first.ts';
import { type Json, type KeptEntry, type LogEntry, type LogRecord, StoreConflict, StoreError } from '../port.ts';
import { DURABLE, type Database } from './database.ts';
import type { Announced, LogTerms } from './log-terms.ts';
import type { Batch, BatchRecord, Term } from './models.ts';
import { isDuplicate } from './store-error-from.ts';
import { tuple } from './tuple.ts';

/** Of 16 MB. */
const MOST_BYTES = 15_000_000;
/** A round trip. */
const BATCHES = 200;
type Range = { readonly after?: number; readonly first: number };

/**
 * Append-only logs, each counted from 1. One append is one document, named by what it stands behind: the end before it
 * never changes, so of all who have seen it the first to insert is the one.
 */
export function logs({ models: { batches: model }, name, run }: Database, terms: LogTerms) {
  const conflict = (log: string, presentVersion: number, key: string | null = null) =>
    new StoreConflict(`log ${log}`, { presentVersion, key });

  const append = async (log: string, records: readonly LogRecord[], { after }: { after: number }) =>
    run(async () => {
      const [end, taken] = await Promise.all([endOf(log, after), takenId(log, records)]);
      if (end !== after) throw conflict(log, end);
      if (taken !== null) throw conflict(log, end, taken);
      const announced = announcedOf(records, after);
      const last = announced.at(-1);
      if (last === undefined) return;
      if (bytesOf(announced) > MOST_BYTES) throw tooLarge(log);
      await terms.announce(log, announced);
      try {
        await model.insertOne({
          _id: tuple(log, String(after + 1)),
          log,
          last: last.sequence,
          records: announced.map(recordOf),
        });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        throw await refusal(log, announced, after);
      }
    });

  /** Somebody was there before: at the place, or elsewhere with one of these ids. */
  async function refusal(log: string, announced: readonly Announced[], after: number): Promise<StoreConflict> {
    const end = await endOf(log);
    if (end === after) return conflict(log, end, await takenId(log, announced));
    terms.withdraw(log, announced);
    return conflict(log, end);
  }

  /** Whoever knows that it is not before `from` says so, and no more is read than what came since. */
  async function endOf(log: string, from = 0): Promise<number> {
    const end = await model
      .findOne({ log, last: trusted({ $gte: from }) }, { last: 1, _id: 0 })
      .sort({ last: -1 })
      .lean();
    return end === null && from > 0 ? endOf(log) : (end?.last ?? 0);
  }

  /** One of these that the log has, or that comes twice among them. */
  async function takenId(log: string, records: readonly { readonly id: string }[]): Promise<string | null> {
    const ids = records.map(({ id }) => id);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice !== undefined || ids.length === 0) return twice ?? null;
    const there = await model
      .find({ log, 'records.id': trusted({ $in: ids }) })
      .select({ 'records.id': 1 })
      .lean<readonly Pick<Batch, 'records'>[]>();
    const known = new Set(there.flatMap((batch) => batch.records.map(({ id }) => id)));
    return ids.find((id) => known.has(id)) ?? null;
  }

  const batchesIn = (log: string, last: object, fields = {}) =>
    model
      .find({ log, last: trusted(last) })
      .select(fields)
      .sort({ last: 1 });

  /**
   * Of a page: the batches that end within it and the one in which it ends, whether they have one record each or hundreds.
   * They are asked for at once, so others may have come before that one after those within were looked for.
   */
  async function batchesOf(log: string, { after, first }: Required<Range>) {
    const end = after + Math.min(first, BATCHES);
    const fields = { last: 1, records: recordsWhere({ $gt: ['$$this.sequence', after] }, first) };
    const within = async () => batchesIn(log, { $gt: after, $lt: end }, fields).lean();
    const [some, [next]] = await Promise.all([within(), batchesIn(log, { $gte: end }, fields).limit(1).lean()]);
    if (next === undefined) return { batches: some, more: false };
    const isBehind = next.records[0]?.sequence === (some.at(-1)?.last ?? after) + 1;
    // Where the beginning of a log is retired it is not behind them, and need not be.
    return { batches: [...(isBehind ? some : await within()), next], more: true };
  }

  /** Records behind `after`, as many as are asked for. */
  async function recordsOf(log: string, { after = 0, first }: Range): Promise<readonly BatchRecord[]> {
    checkFirst(first, name);
    const records: BatchRecord[] = [];
    for (let end = after, more = true; more && records.length < first;) {
      const found = await batchesOf(log, { after: end, first: first - records.length });
      records.push(...found.batches.flatMap((batch) => batch.records));
      end = found.batches.at(-1)?.last ?? end;
      more = found.more;
    }
    return records.slice(0, first);
  }

  const readLog = async (log: string, range: Range) =>
    run(async () => (await recordsOf(log, range)).map((record) => logEntry(log, record)));

  const examineLog = async (log: string, range: Range) =>
    run(async () => {
      const records = await recordsOf(log, range);
      const end = records.at(-1)?.sequence;
      const found = end === undefined ? [] : await terms.ofEntries(log, { after: range.after ?? 0, end });
      const bySequence = Map.groupBy(found, ({ sequence }) => sequence);
      return records.map((record) => keptEntry(record, bySequence.get(record.sequence) ?? []));
    });

  const lastOfLog = async (log: string) =>
    run(async () => {
      const batch = await model.findOne({ log }).slice('records', -1).sort({ last: -1 }).lean();
      const record = batch?.records.at(-1);
      return record === undefined ? null : logEntry(log, record);
    });

  const entryOfLog = async (log: string, id: string) =>
    run(async () => {
      const batch = await model
        .findOne({ log, 'records.id': id })
        .select({ records: { $elemMatch: { id } } })
        .lean<Pick<Batch, 'records'>>();
      const [record] = batch?.records ?? [];
      return record === undefined ? null : logEntry(log, record);
    });

  /** One look into the index a log, however many entries it has. */
  const names = async (prefix: string) =>
    run(async () => {
      const found: string[] = [];
      for (let after: { $gte: string } | { $gt: string } = { $gte: prefix }; ;) {
        const next: Pick<Batch, 'log'> | null = await model
          .findOne({ log: trusted(after) })
          .select({ log: 1 })
          .sort({ log: 1, last: 1 })
          .lean();
        if (next === null || !next.log.startsWith(prefix)) return found;
        found.push(next.log);
        after = { $gt: next.log };
      }
    });

  const retireLog = async (log: string, { upTo }: { upTo: number }) =>
    run(async () => {
      const end = Math.min(upTo, (await endOf(log)) - 1);
      let retired = 0;
      // The oldest that is left, until it ends behind what is to go.
      for (;;) {
        const [oldest] = await batchesIn(log, { $gt: 0 }).limit(1).lean();
        if (oldest === undefined) break;
        const { _id, records, last } = oldest;
        const left = records.filter(({ sequence }) => sequence > end);
        retired += records.length - left.length;
        if (last <= end) await model.deleteOne({ _id, log }, { writeConcern: DURABLE });
        else if (left.length < records.length)
          await model.updateOne({ _id, log }, { $set: { records: left } }, { writeConcern: DURABLE });
        if (last > end) break;
      }
      await terms.removeUpTo(log, end);
      return retired;
    });

  function logEntry(log: string, { sequence, id, text }: BatchRecord): LogEntry {
    return { sequence, id, data: jsonOf(text, `entry ${sequence} of ${log}`) };
  }

  function jsonOf(text: string, what: string): Json {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new StoreError('STORE_CORRUPT', { store: name, detail: `${what} is no JSON`, cause });
    }
  }

  const tooLarge = (log: string) =>
    new StoreError('STORE_INVALID', {
      store: name,
      detail: `records of more than 15 MB at once for ${log}; append fewer`,
    });

  return { append, readLog, examineLog, lastOfLog, entryOfLog, logs: names, retireLog, jsonOf };
}

/** Of a batch only these, in its order. */
export const recordsWhere = (cond: object, limit: number) => ({ $filter: { input: '$records', cond, limit } });

const announcedOf = (records: readonly LogRecord[], after: number): readonly Announced[] =>
  records.map(({ id, data, text, terms = [], at = 0 }, i) => ({
    sequence: after + i + 1,
    id,
    at,
    terms,
    text: text ?? JSON.stringify(data),
  }));

const recordOf = ({ sequence, id, text, at }: Announced): BatchRecord => ({ sequence, id, text, at });

const bytesOf = (records: readonly Announced[]): number =>
  records.reduce((sum, { id, text }) => sum + Buffer.byteLength(text) + 2 * Buffer.byteLength(id) + 100, 0);

function keptEntry({ sequence, id, text, at }: BatchRecord, found: readonly Term[]): KeptEntry {
  const own = found.filter((term) => term.id === id);
  return {
    sequence,
    id,
    text,
    at: own.every(({ newest }) => newest === 0 - at) ? at : null,
    terms: own.map(({ term }) => term),
  };
}
