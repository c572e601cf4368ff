import { trusted } from 'mongoose';
import { DURABLE, type Database, LOOSE } from './database.ts';
import type { Entry } from './models.ts';
import { END, partsOf, tuple } from './tuple.ts';

/** What a save changes of what a document stands under: tuples of index and value. */
export interface Moved {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What means nothing stays as long as a count may take that has seen it come: it must see it go, or neither. */
const KEPT_MS = 60_000;
/** An attempt that is this old and still has no document is over: no save takes a part of that. */
const OVER_MS = 86_400_000;

export type Entries = ReturnType<typeof entries>;

/**
 * What pages walk and counts count, one small document for each value of each document. There is no change of two
 * documents at once, so entries are a superset at every instant, and the document decides (docs/decisions/mongodb-engine.md):
 *
 * - Before a save they are announced: what it adds is written, what it removes is marked unsure, both under the version
 *   that the save is to make. Unsure is never wrong, it only costs a look at the document.
 * - After the save, or whenever somebody looks, one is made sure or removed, if its version is still the one that was
 *   seen: whoever is to change that has announced it under a higher one before.
 */
export function entries({ models: { entries: model, aggregates }, tidy }: Database) {
  async function announce(id: string, { added, removed }: Moved, version: number): Promise<void> {
    if (added.length + removed.length === 0) return;
    const touch = { $max: { version }, $set: { unsure: true, touched: Date.now() } };
    await model.bulkWrite(
      [
        ...added.map((place) => ({
          updateOne: {
            filter: { _id: entryId(id, place) },
            update: { ...touch, $setOnInsert: { of: ofPlace(id, place) } },
            upsert: true,
          },
        })),
        ...removed.map((place) => ({ updateOne: { filter: { _id: entryId(id, place) }, update: touch } })),
      ],
      { ordered: false, writeConcern: DURABLE },
    );
  }

  /** After the save that made this version. */
  function confirm(id: string, { added, removed }: Moved, version: number): void {
    if (added.length + removed.length === 0) return;
    tidy(async () =>
      model.bulkWrite(
        [
          ...added.map((place) => ({
            updateOne: { filter: { _id: entryId(id, place), version }, update: { $set: { unsure: false } } },
          })),
          ...removed.map((place) => ({ deleteOne: { filter: { _id: entryId(id, place), version } } })),
        ],
        { ordered: false, ...LOOSE },
      ),
    );
  }

  /** The documents that these belong to, so far as they are there. */
  async function documentsOf(all: readonly Entry[]): Promise<ReadonlyMap<string, Standing>> {
    const ids = [...new Set(all.map(documentId))];
    if (ids.length === 0) return new Map();
    const found = await aggregates.find({ _id: trusted({ $in: ids }) }, { version: 1, places: 1 }).lean();
    return new Map(found.map((one) => [one._id, one]));
  }

  /** Which of the unsure ones do not hold. */
  async function notHolding(unsure: readonly Entry[]): Promise<readonly Entry[]> {
    const documents = await documentsOf(unsure);
    look(unsure, documents);
    return unsure.filter((one) => !holds(one, documents.get(documentId(one))));
  }

  /** Makes sure or removes what these documents decide. */
  const look = (unsure: readonly Entry[], documents: ReadonlyMap<string, Standing>): void =>
    tidy(async () => looked(unsure, documents));

  async function looked(unsure: readonly Entry[], documents: ReadonlyMap<string, Standing>): Promise<void> {
    const settled = unsure.flatMap((one): readonly Settled[] => {
      const document = documents.get(documentId(one));
      const filter = { _id: one._id, version: one.version };
      if (document !== undefined && document.version >= one.version && holds(one, document))
        return [{ updateOne: { filter, update: { $set: { unsure: false } } } }];
      // A version that is still to come may be that of a save under way, or of one that ended without a word.
      if (document !== undefined && document.version < one.version) return [];
      const age = Date.now() - one.touched;
      return age > (document === undefined ? OVER_MS : KEPT_MS) ? [{ deleteOne: { filter } }] : [];
    });
    if (settled.length > 0) await model.bulkWrite([...settled], { ordered: false, ...LOOSE });
  }

  return { announce, confirm, notHolding, look };
}

type Of = { readonly filter: { readonly _id: string; readonly version: number } };
type Settled = { deleteOne: Of } | { updateOne: Of & { update: { $set: { unsure: boolean } } } };

/** What of a document says where it stands. */
export interface Standing {
  readonly version: number;
  readonly places: readonly string[];
}

/** Of a document, by its tuple of collection and id. */
function entryId(document: string, place: string): string {
  const [, id = ''] = partsOf(document);
  return `${ofPlace(document, place)}${END}${tuple(id)}`;
}

function ofPlace(document: string, place: string): string {
  const [collection = ''] = partsOf(document);
  return `${tuple(collection)}${END}${place}`;
}

/** Of the document that an entry belongs to. */
export function documentId({ _id }: Pick<Entry, '_id'>): string {
  const [collection = '', , , id = ''] = partsOf(_id);
  return tuple(collection, id);
}

/** Whether the document stands there, and says so itself. */
export function holds({ of }: Pick<Entry, 'of'>, document: Standing | undefined): boolean {
  return document !== undefined && document.places.includes(of.slice(of.indexOf(END) + END.length));
}
