import { trusted } from 'mongoose';
import { DURABLE, type Database, LOOSE, type WriteConcern } from './database.ts';
import type { BatchRecord, Term } from './models.ts';
import { tuple } from './tuple.ts';

export type Announced = BatchRecord & { readonly terms: readonly string[] };

export type LogTerms = ReturnType<typeof logTerms>;

/**
 * What records are found by, one small document each, written before the append that brings the record: a superset at every
 * instant. One is true if its entry has its record's id, and that never changes.
 */
export function logTerms({ models: { terms: model, batches }, tidy }: Database) {
  const announce = async (log: string, records: readonly Announced[]): Promise<void> =>
    put(records.flatMap((record) => termsOf(log, record)));

  /** `isNew` = none of them is there, so that nobody need look. */
  async function put(
    all: readonly Omit<Term, '_id'>[],
    { isNew = false, writeConcern = DURABLE }: { isNew?: boolean; writeConcern?: WriteConcern } = {},
  ): Promise<void> {
    if (all.length === 0) return;
    await model.bulkWrite(
      all.map((one) =>
        isNew
          ? { insertOne: { document: { ...one, _id: idOf(one) } } }
          : { updateOne: { filter: keyOf(one), update: { $setOnInsert: one }, upsert: true } },
      ),
      { ordered: false, writeConcern },
    );
  }

  /** After another append took the place: what stands there stays, and if it is another record these mean nothing. */
  function withdraw(log: string, records: readonly Announced[]): void {
    tidy(async () => {
      const [first] = records;
      if (first === undefined) return;
      const there = await batches
        .find({ log, last: trusted({ $gte: first.sequence }) })
        .sort({ last: 1 })
        .limit(records.length)
        .lean();
      const ids = new Map(there.flatMap((batch) => batch.records.map(({ sequence, id }) => [sequence, id] as const)));
      const void_ = records.filter(({ sequence, id }) => (ids.get(sequence) ?? id) !== id);
      const gone = void_
        .flatMap((record) => termsOf(log, record))
        .map((one) => ({ deleteOne: { filter: keyOf(one) } }));
      if (gone.length > 0) await model.bulkWrite(gone, { ordered: false, ...LOOSE });
    });
  }

  /** With the entries that they belong to. */
  const removeUpTo = async (log: string, end: number) =>
    model.deleteMany({ log, sequence: trusted({ $lte: end }) }, { writeConcern: DURABLE });

  const ofEntries = async (log: string, { after, end }: { after: number; end: number }): Promise<readonly Term[]> =>
    model.find({ log, sequence: trusted({ $gt: after, $lte: end }) }).lean();

  return { announce, put, withdraw, removeUpTo, ofEntries };
}

const termsOf = (log: string, { sequence, id, at, terms }: Announced): readonly Omit<Term, '_id'>[] =>
  [...new Set(terms)].map((term) => ({ term, newest: 0 - at, log, sequence, id }));

/** With the fields of the shard key: a cluster that is sharded then knows which shard to ask, and takes upserts. */
const keyOf = (one: Omit<Term, '_id'>) => ({ _id: idOf(one), term: one.term, newest: one.newest });

const idOf = ({ term, newest, log, sequence, id }: Omit<Term, '_id'>): string =>
  tuple(term, String(0 - newest), log, String(sequence), id);
