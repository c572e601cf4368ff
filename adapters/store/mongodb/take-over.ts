import mongoose, { trusted } from 'mongoose';
import { z } from 'zod';
import { StoreError } from '../port.ts';
import type { Progress } from '../progress.ts';
import type { AllRows, StoreTotals } from '../sqlite/all-rows.ts';
import { DURABLE, type Database, type WriteConcern } from './database.ts';
import { logTerms } from './log-terms.ts';
import type { Batch, BatchRecord } from './models.ts';
import { MIGRATION, prepareForMigration, SCHEMA_VERSION } from './prepare-database.ts';
import { partsOf, tuple, END } from './tuple.ts';

/** A round trip. Of small documents, of which one has many, so many that a slow server is not silent for too long. */
const DOCUMENTS = 200;
const RECORDS = 500;
/** Of one document, all of which is read for one of them. */
const RECORDS_EACH = 25;
const SMALL_ONES = 1_000;
/** Of the 16 MB of one document; no record that SQLite's hub has written comes near it. */
const MOST_BYTES = 8_000_000;

interface TakingOver {
  readonly progress: Progress;
  /** Into a database that is new, begun once, of which nothing must survive: for measuring what a full one does. */
  readonly onlyMeasured?: boolean;
}

/**
 * Carries all that a store holds into a database without one, in order, so that what is there says how far it came: begun
 * again, it goes on. No hub starts on the database until `finish`.
 */
export async function takeOver(
  database: Database,
  rows: AllRows,
  { progress, onlyMeasured = false }: TakingOver,
): Promise<void> {
  await prepareForMigration(database);
  await takeDocuments(database, rows, { progress, onlyMeasured });
  await takeEvents(database, rows, { progress, onlyMeasured });
  for (const log of rows.logs()) await takeLog(database, rows, { log, progress, onlyMeasured });
}

async function takeDocuments(
  { models, run }: Database,
  rows: AllRows,
  { progress, onlyMeasured }: Required<TakingOver>,
): Promise<void> {
  const newest = await run(async () => models.aggregates.findOne({}, { _id: 1 }).sort({ _id: -1 }).lean());
  const [collection = '', id = ''] = partsOf(newest?._id ?? '');
  let after: readonly [string, string] = [collection, id];
  for (let done = await run(async () => models.aggregates.estimatedDocumentCount()); ;) {
    const some = rows.aggregates(after, DOCUMENTS);
    const last = some.at(-1);
    if (last === undefined) return;
    // As at a save: entries first.
    const entries = some.flatMap((one) => one.places.map((place) => entryOf(one, place)));
    for (const part of inParts(entries))
      await run(async () =>
        models.entries.bulkWrite(
          part.map((one) => (onlyMeasured ? inserted(one) : unlessThere(one))),
          {
            ordered: false,
            writeConcern: concernOf(onlyMeasured),
          },
        ),
      );
    const documents = some.map(({ collection: of, id: own, version, data, keys, places }) => ({
      _id: tuple(of, own),
      version,
      data,
      places: places.map((place) => tuple(...place)),
      ...(keys.length > 0 && { keys: keys.map((key) => tuple(of, key)) }),
    }));
    await run(async () =>
      models.aggregates.bulkWrite(documents.map(inserted), { ordered: true, writeConcern: concernOf(onlyMeasured) }),
    );
    after = [last.collection, last.id];
    progress('documents', (done += some.length));
  }
}

const entryOf = (
  { collection, id, version }: { collection: string; id: string; version: number },
  [index, value]: readonly [string, string],
) => {
  const of = tuple(collection, index, value);
  return { _id: `${of}${END}${tuple(id)}`, of, version, unsure: false, touched: Date.now() };
};

async function takeEvents(
  { models, run }: Database,
  rows: AllRows,
  { progress, onlyMeasured }: Required<TakingOver>,
): Promise<void> {
  for (let after = 0; ;) {
    const some = rows.events(after, DOCUMENTS);
    const last = some.at(-1);
    if (last === undefined) return;
    // How far it came nobody can say without going through all of them: no index has them in their order.
    const ids = trusted({ $in: some.map(({ id }) => id) });
    const there = await run(async () => models.outbox.find({ _id: ids }, { _id: 1 }).lean());
    const known = new Set(there.map(({ _id }) => _id));
    const missing = some.filter(({ id }) => !known.has(id));
    const events = missing.map(({ position, id, settled, ...rest }) => ({
      ...rest,
      _id: id,
      // Before all that a server of today will ever say.
      at: new mongoose.mongo.Timestamp({ t: 1, i: position }),
      n: 0,
      lease: null,
      leaseUntil: 0,
      settled: settled === 1,
    }));
    if (events.length > 0)
      await run(async () =>
        models.outbox.bulkWrite(events.map(inserted), { ordered: true, writeConcern: concernOf(onlyMeasured) }),
      );
    after = last.position;
    progress('events', after);
  }
}

async function takeLog(
  database: Database,
  rows: AllRows,
  { log, progress, onlyMeasured }: Required<TakingOver> & { readonly log: string },
): Promise<void> {
  const { models, run, name } = database;
  const terms = logTerms(database);
  let after = (await run(async () => models.batches.findOne({ log }).sort({ last: -1 }).lean()))?.last ?? 0;
  for (;;) {
    const records = upToSize(rows.entries(log, after, RECORDS));
    const [first, last] = [records[0], records.at(-1)];
    if (first === undefined || last === undefined) return;
    if (Buffer.byteLength(last.text) > 2 * MOST_BYTES)
      throw new StoreError('STORE_INVALID', {
        store: name,
        detail: `entry ${last.sequence} of ${log} is larger than 16 MB`,
      });
    const ids = new Map(records.map(({ sequence, id }) => [sequence, id]));
    const found = rows.terms(log, after, last.sequence);
    const all = found.map((one) => ({ log, ...one, id: ids.get(one.sequence) ?? '' }));
    for (const part of inParts(all))
      await run(async () => terms.put(part, { isNew: onlyMeasured, writeConcern: concernOf(onlyMeasured) }));
    const batches = inParts(records, RECORDS_EACH).map((part) => batchOf(log, part));
    await run(async () =>
      models.batches.bulkWrite(batches.map(inserted), { ordered: true, writeConcern: concernOf(onlyMeasured) }),
    );
    after = last.sequence;
    progress(log, after);
  }
}

const batchOf = (log: string, records: readonly BatchRecord[]): Batch => ({
  _id: tuple(log, String(records[0]?.sequence)),
  log,
  last: records.at(-1)?.sequence ?? 0,
  records,
});

/** As many of them as go into one document; one at least. */
function upToSize<T extends { readonly text: string }>(records: readonly T[]): readonly T[] {
  let bytes = 0;
  const over = records.findIndex(({ text }) => (bytes += Buffer.byteLength(text)) > MOST_BYTES);
  return over === -1 ? records : records.slice(0, Math.max(1, over));
}

const sums = z.array(z.object({ documents: z.number(), versions: z.number(), bytes: z.number(), keys: z.number() }));

/** The same sums as those of an embedded store. */
export async function totalsOf({ models, run }: Database): Promise<StoreTotals> {
  return run(async () => {
    const [all] = sums.parse(
      await models.aggregates.aggregate([
        {
          $group: {
            _id: null,
            documents: { $sum: 1 },
            versions: { $sum: '$version' },
            bytes: { $sum: { $strLenBytes: '$data' } },
            keys: { $sum: { $size: { $ifNull: ['$keys', []] } } },
          },
        },
      ]),
    );
    return {
      ...(all ?? { documents: 0, versions: 0, bytes: 0, keys: 0 }),
      places: await models.entries.countDocuments({}),
      events: await models.outbox.countDocuments({}),
      settled: await models.outbox.countDocuments({ settled: true }),
    };
  });
}

/** From now on it is a store. */
export async function finishMigration({ models, run }: Database): Promise<void> {
  await run(async () => {
    await models.hub.updateOne({ _id: 'schema' }, { $max: { version: SCHEMA_VERSION } }, { upsert: true });
    await models.hub.deleteOne({ _id: MIGRATION });
  });
}

const concernOf = (onlyMeasured: boolean): WriteConcern => (onlyMeasured ? { w: 1, journal: false } : DURABLE);

function inParts<T>(all: readonly T[], most = SMALL_ONES): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, i) => all.slice(i * most, (i + 1) * most));
}

const inserted = <T>(document: T) => ({ insertOne: { document } });
const unlessThere = ({ _id, ...rest }: ReturnType<typeof entryOf>) => ({
  updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
});
