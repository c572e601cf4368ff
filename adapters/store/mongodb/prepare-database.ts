import { z } from 'zod';
import type { SourceLog } from '../../shared/source-log.ts';
import { type Clock, StoreError } from '../port.ts';
import { clockDifference } from './clock-difference.ts';
import type { Database } from './database.ts';
import { serverFault } from './server-fault.ts';
import { storeErrorFrom } from './store-error-from.ts';

/** Raised with a change that an older hub could not live with. */
export const SCHEMA_VERSION = 1;
/** Of the document that stands in `hub` while a migration into the database is not done. */
export const MIGRATION = 'migration';

export interface PrepareOptions {
  readonly create: boolean;
  /** Told when it and the database's differ. */
  readonly clock?: Clock;
  readonly log?: SourceLog | undefined;
}

/**
 * Makes what is missing in a new database, and refuses one that is not as the store needs it: a server without what the
 * store builds on, a newer schema, an index missing over documents that are there, an account that may not write.
 */
export async function prepareDatabase(database: Database, { create, ...watching }: PrepareOptions): Promise<void> {
  const { name } = database;
  await database.run(async () => checkServer(database, watching));
  const present = await database.run(async () => presentVersion(database));
  if (present > SCHEMA_VERSION) throw new StoreError('STORE_TOO_NEW', { store: name });
  if (present === 0 && !create) throw new StoreError('STORE_MISSING', { store: name });
  await database.run(async () => checkIndexes(database));
  await markVersion(database);
}

/** For a migration, begun or begun again: a database that has a store already is refused. */
export async function prepareForMigration(database: Database): Promise<void> {
  const { models, name, run } = database;
  await run(async () => checkServer(database));
  const begun = await run(async () => models.hub.findOne({ _id: MIGRATION }).lean());
  if (begun === null && (await run(async () => schemaVersion(database))) > 0)
    throw new StoreError('STORE_INVALID', {
      store: name,
      detail: 'it has a store already; name a database without one',
    });
  await run(async () => checkIndexes(database));
  await run(async () => models.hub.updateOne({ _id: MIGRATION }, { $max: { version: 1 } }, { upsert: true }));
}

/** For somebody who only reads: nothing is written. */
export async function checkDatabase(database: Database): Promise<void> {
  await database.run(async () => checkServer(database));
  const present = await database.run(async () => presentVersion(database));
  if (present > SCHEMA_VERSION) throw new StoreError('STORE_TOO_NEW', { store: database.name });
  if (present === 0) throw new StoreError('STORE_MISSING', { store: database.name });
}

async function checkServer(
  { connection, name }: Database,
  { clock = Date.now, log }: Omit<PrepareOptions, 'create'> = {},
): Promise<void> {
  const admin = connection.db?.admin();
  const buildInfo = await admin?.command({ buildInfo: 1 });
  const from = clock();
  const hello = await admin?.command({ hello: 1 });
  const problem = clockDifference(hello, { from, to: clock() });
  if (problem !== null) log?.warn({ store: name, problem }, 'clocks differ');
  const fault = serverFault(buildInfo, hello);
  if (fault !== null) throw new StoreError('STORE_UNSUITABLE', { store: name, detail: fault });
}

async function presentVersion({ models, name }: Database): Promise<number> {
  if ((await models.hub.findOne({ _id: MIGRATION }).lean()) !== null)
    throw new StoreError('STORE_UNSUITABLE', {
      store: name,
      detail: 'a migration or a restore into it was not finished: run it again, npm run migrate or npm run restore',
    });
  return schemaVersion({ models });
}

const schemaVersion = async ({ models }: Pick<Database, 'models'>): Promise<number> =>
  (await models.hub.findOne({ _id: 'schema' }).lean())?.version ?? 0;

/** The first write of every start: an account that may only read is noticed now, and not with the first change. */
async function markVersion({ models, name }: Database): Promise<void> {
  try {
    await models.hub.updateOne({ _id: 'schema' }, { $max: { version: SCHEMA_VERSION } }, { upsert: true });
  } catch (error) {
    throw storeErrorFrom(error, name);
  }
}

const existing = z.array(
  z.object({
    name: z.string(),
    key: z.record(z.string(), z.unknown()),
    unique: z.boolean().optional(),
    sparse: z.boolean().optional(),
    partialFilterExpression: z.unknown().optional(),
    hidden: z.boolean().optional(),
    collation: z.unknown().optional(),
    expireAfterSeconds: z.unknown().optional(),
  }),
);

/**
 * An index that is missing over no documents is made. Over documents it is not: a unique one may have been missing while
 * two took the same key, and building one over many is for a quiet hour that the operator chooses.
 * Nor is another removed that stands in its place.
 */
async function checkIndexes({ models, name }: Database): Promise<void> {
  const refused: string[] = [];
  for (const model of Object.values(models)) {
    const wanted = model.schema.indexes();
    const present = existing.parse(await model.listIndexes().catch(noneThere));
    const missing = wanted
      .filter(([key, options]) => !present.some((one) => serves(one, key, options)))
      .map(([key, options]) => ({ key, options, inItsPlace: inPlaceOf(key, options, present) }));
    if (missing.length === 0) continue;
    const isFree = missing.every(({ inItsPlace }) => inItsPlace.length === 0);
    if (isFree && (await model.collection.findOne({}, { projection: { _id: 1 } })) === null)
      await model.createIndexes();
    else refused.push(...missing.map((one) => commandsOf(model.collection.name, one)));
  }
  if (refused.length === 0) return;
  const detail = `indexes are missing, or others or hidden ones stand in their place; make them: ${refused.join('; ')}`;
  throw new StoreError('STORE_UNSUITABLE', { store: name, detail });
}

interface Missing {
  readonly key: object;
  readonly options: Options;
  /** By name. */
  readonly inItsPlace: readonly string[];
}

const commandsOf = (collection: string, { key, options, inItsPlace }: Missing): string =>
  [
    ...inItsPlace.map((one) => `db.${collection}.dropIndex(${JSON.stringify(one)})`),
    `db.${collection}.createIndex(${JSON.stringify(key)}, ${JSON.stringify(optionsOf(options))})`,
  ].join('; ');

type Options = Readonly<Record<string, unknown>>;
type Present = z.infer<typeof existing>[number];

/** The server makes none beside one of its name or its definition, and may take a hidden one for what is asked for. */
const inPlaceOf = (key: object, options: Options, present: readonly Present[]): readonly string[] =>
  present.filter((one) => one.name === options['name'] || isAlike(one, key, options)).map((one) => one.name);

/** No query goes by a hidden one; one with an age removes documents. */
const serves = (present: Present, key: object, options: Options): boolean =>
  isAlike(present, key, options) && present.hidden !== true && present.expireAfterSeconds === undefined;

/** By the order of bytes: under another collation texts are one that differ, and the hub's queries do not go by it. */
function isAlike(present: Present, key: object, options: Options): boolean {
  return (
    JSON.stringify(Object.entries(present.key)) === JSON.stringify(Object.entries(key)) &&
    (present.unique ?? false) === (options['unique'] ?? false) &&
    (present.sparse ?? false) === (options['sparse'] ?? false) &&
    JSON.stringify(present.partialFilterExpression) === JSON.stringify(options['partialFilterExpression']) &&
    present.collation === undefined
  );
}

const optionsOf = ({ name, unique, sparse, partialFilterExpression }: Options) => ({
  name,
  unique,
  sparse,
  partialFilterExpression,
});

/** A collection that is not there has no indexes (NamespaceNotFound). */
function noneThere(error: unknown): readonly never[] {
  if (z.object({ code: z.literal(26) }).safeParse(error).success) return [];
  throw error;
}
