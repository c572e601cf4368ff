import { differenceOfLog } from '../migrate/differences.ts';
import { allDocuments } from '../mongodb/all-documents.ts';
import { connectDatabase, type Database as MongoDatabase, type MongodbAddress } from '../mongodb/database.ts';
import { checkDatabase } from '../mongodb/prepare-database.ts';
import type { Aggregate, OutboxEvent } from '../mongodb/models.ts';
import { mongodbStore } from '../mongodb/mongodb-store.ts';
import { partsOf, tuple } from '../mongodb/tuple.ts';
import { type Store, StoreError } from '../port.ts';
import type { Progress } from '../progress.ts';
import { type Database, openDatabase } from '../sqlite/database.ts';
import { type PutDocument, type PutRows, putRows } from '../sqlite/put-rows.ts';
import { sqliteStore } from '../sqlite/sqlite-store.ts';
import { type Held, stillFile } from '../sqlite/still-file.ts';

const RECORDS = 1_000;
/** A key that goes from document to document while one reads. */
const ATTEMPTS = 10;
/** Behind all that a server says. */
const NEWEST = 2 ** 32;

interface Copying {
  readonly from: MongoDatabase;
  readonly into: Database;
  readonly put: PutRows;
  readonly progress: Progress;
}

/**
 * A database that gateways write meanwhile, as an embedded store. Parts are read in this order, so that no part tells of what
 * another lacks (docs/decisions/backup.md): events; logs; documents; the events that came meanwhile, as if nobody had
 * carried them on. Throws `StoreError`.
 */
export async function copyOfDatabase(address: MongodbAddress, part: string, progress: Progress): Promise<Held> {
  const from = await connectDatabase(address);
  try {
    await checkDatabase(from);
    return await copyInto(part, from, progress);
  } finally {
    await from.close();
  }
}

async function copyInto(part: string, from: MongoDatabase, progress: Progress): Promise<Held> {
  const atLeast = await allDocuments(from).counts();
  const into = openDatabase(part);
  try {
    // Broken off it is of no use, so nobody waits for the disk before the end.
    into.connection.exec('PRAGMA synchronous = OFF');
    const copying = { from, into, put: putRows(into.connection), progress };
    await copyEvents(copying, ({ settled }) => settled);
    await copyLogs(copying);
    await copyDocuments(copying);
    await copyEvents(copying, () => false);
    into.change(() => copying.put.events());
  } finally {
    into.close();
  }
  const held = stillFile(part);
  for (const what of ['documents', 'events'] as const)
    if (held[what] < atLeast[what])
      throw new StoreError('STORE_UNAVAILABLE', {
        store: from.name,
        detail: `${held[what]} ${what} were read where ${atLeast[what]} are; back up again`,
      });
  return held;
}

async function copyEvents({ from, into, put, progress }: Copying, settled: (event: OutboxEvent) => boolean) {
  const all = allDocuments(from);
  let done = 0;
  for (let after = ''; ;) {
    const some = await all.events(after);
    into.change(() => {
      for (const event of some) {
        const { _id: id, at, n, lease: _, leaseUntil: _until, settledBy: _by, ...rest } = event;
        put.event({ ...rest, id, settled: settled(event), at: [at.getHighBitsUnsigned(), at.getLowBitsUnsigned(), n] });
      }
    });
    const last = some.at(-1);
    if (last === undefined) return;
    after = last._id;
    progress('events', (done += some.length));
  }
}

async function copyLogs({ from, into, put, progress }: Copying): Promise<void> {
  const stores = [sqliteStore(into, Date.now), mongodbStore(from, Date.now)] as const;
  for (const log of await stores[1].logs('')) {
    await copyLog({ log, store: stores[1] }, { into, put, progress });
    const wrong = await differenceOfLog(...stores, log, { grown: true });
    if (wrong !== null)
      throw new StoreError('STORE_UNAVAILABLE', { store: from.name, detail: `${wrong}; back up again` });
  }
}

async function copyLog(
  { log, store }: { log: string; store: Store },
  { into, put, progress }: Omit<Copying, 'from'>,
): Promise<void> {
  for (let after = 0; ;) {
    const some = await store.examineLog(log, { after, first: RECORDS });
    into.change(() => {
      for (const entry of some) {
        if (entry.at === null) throw damaged(log, entry.sequence, into.name);
        put.entry(log, entry, entry.at);
      }
    });
    const last = some.at(-1);
    if (last === undefined || some.length < RECORDS) return;
    after = last.sequence;
    progress(log, after);
  }
}

const damaged = (log: string, sequence: number, store: string) =>
  new StoreError('STORE_CORRUPT', {
    store,
    detail: `entry ${sequence} of ${log} is found by two instants: see npm run audit -- verify`,
  });

async function copyDocuments({ from, into, put, progress }: Copying): Promise<void> {
  const all = allDocuments(from);
  let done = 0;
  for (let after = ''; ;) {
    const some = await all.aggregates(after);
    for (const one of some) await copyDocument(one, { from, into, put, progress });
    const last = some.at(-1);
    if (last === undefined) return;
    after = last._id;
    progress('documents', (done += some.length));
  }
}

/**
 * Keys are unique at every instant, and documents are read at many: of two that have one key the one that was read before has
 * given it up meanwhile, or the other one has, and is read again.
 */
async function copyDocument(read: Aggregate, copying: Copying, depth = 0): Promise<void> {
  const { from, into, put } = copying;
  let one = read;
  for (let attempt = depth; ; attempt += 1) {
    const holder = put.keyHolder(documentOf(one));
    if (holder === null) break;
    if (attempt === ATTEMPTS)
      throw new StoreError('STORE_UNAVAILABLE', { store: from.name, detail: 'a key changes hands too fast' });
    const { collection } = documentOf(one);
    const other = await readAgain(from, tuple(collection, holder));
    if (other.keys?.some((key) => one.keys?.includes(key))) one = await readAgain(from, one._id);
    else await copyDocument(other, copying, attempt + 1);
  }
  const document = documentOf(one);
  into.change(() => {
    put.document(document);
    const { collection, id: aggregateId, version } = document;
    for (const [n, event] of (one.pending ?? []).entries())
      put.event({ ...event, collection, aggregateId, version, ...NOT_CARRIED, at: [NEWEST, 0, n] });
  });
}

const NOT_CARRIED = { attempt: 0, settled: false } as const;

async function readAgain(from: MongoDatabase, id: string): Promise<Aggregate> {
  const found = await allDocuments(from).aggregate(id);
  if (found !== null) return found;
  throw new StoreError('STORE_CORRUPT', { store: from.name, detail: 'a document went away while it was read' });
}

function documentOf({ _id, version, data, keys = [], places }: Aggregate): PutDocument {
  const [collection = '', id = ''] = partsOf(_id);
  return {
    collection,
    id,
    version,
    data,
    keys: keys.map((key) => partsOf(key)[1] ?? ''),
    places: places.map((place) => {
      const [index = '', value = ''] = partsOf(place);
      return [index, value] as const;
    }),
  };
}
