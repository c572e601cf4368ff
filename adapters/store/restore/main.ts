/** `npm run restore`: a store from what `npm run backup` wrote. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { wholeFile } from '../backup/whole-file.ts';
import type { MongodbAddress } from '../mongodb/database.ts';
import { StoreError } from '../port.ts';
import { progress } from '../progress.ts';
import { runCommand } from '../run-command.ts';
import { copyInUse } from '../sqlite/copy-in-use.ts';
import { type Database, openDatabase } from '../sqlite/database.ts';
import { sqliteStore } from '../sqlite/sqlite-store.ts';
import { stillFile } from '../sqlite/still-file.ts';
import { temporaryCopy } from '../sqlite/temporary-copy.ts';
import { storeAt } from '../store-at.ts';
import { type Erased, eraseAgain, erasedIn } from './erased-persons.ts';
import { putAside, standsAt } from './put-aside.ts';

const HELP = `npm run restore -- --from FILE --to STORE_URL [--erased-in STORE_URL] [--replace]

Makes a store of a backup. The hub must be stopped. A file is put where no store is, examined, and gets its name when it is
whole. Into a database everything is carried and compared as npm run migrate does; broken off, it is run again and goes on;
until it is done no hub starts on that database. The backup stays as it is.

  --from       what npm run backup wrote, from either engine
  --to         sqlite:FILE, or mongodb://… of a database that has no store; the password by STORE_PASSWORD or STORE_PASSWORD_FILE
  --erased-in  the store that was lost, if it can still be read, or a later backup: persons whose keys were destroyed there
               are not brought back. With --replace the replaced store is asked
  --replace    of a file: a store that is there is put aside as FILE.replaced-…
  --help`;

const WRONG = 1;

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));
await runCommand({ help: HELP, wantedBy, run });

async function run(wanted: Wanted): Promise<number> {
  if (!existsSync(wanted.from)) throw new StoreError('STORE_MISSING', { store: wanted.from });
  const { STORE_URL: store, STORE_PASSWORD: password } = wanted.to;
  const done = await (store.engine === 'sqlite'
    ? intoFile(wanted, store.file)
    : intoDatabase(wanted, { ...store, password }));
  if (done)
    console.log('Now: npm run audit -- verify with the checkpoints that belong to the backup; then docs/operating.md.');
  return done ? 0 : WRONG;
}

type Settings = Exclude<ReturnType<typeof storeAt>, string>;

interface Wanted {
  readonly from: string;
  readonly to: Settings;
  readonly erasedIn: Settings | null;
  readonly replace: boolean;
}

function wantedBy(args: readonly string[]): Wanted | string {
  try {
    const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
    const options = { from: text, to: text, 'erased-in': text, replace: flag, help: flag };
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) return 'help';
    for (const option of ['from', 'to'] as const) if (values[option] === undefined) return `--${option} is missing`;
    const to = storeAt(values.to, '--to');
    if (typeof to === 'string') return to;
    const later = values['erased-in'] === undefined ? null : storeAt(values['erased-in'], '--erased-in');
    if (typeof later === 'string') return later;
    const { replace = false } = values;
    if (to.STORE_URL.engine === 'sqlite' && to.STORE_URL.file === ':memory:') return '--to: sqlite:FILE is expected';
    if (to.STORE_URL.engine === 'mongodb' && replace) return '--replace: name a database without a store, or drop it';
    return { from: values.from ?? '', to, erasedIn: later, replace };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function intoFile(wanted: Wanted, file: string): Promise<boolean> {
  mkdirSync(dirname(file), { recursive: true });
  const there = standsAt(file);
  if (there === 'something' && !wanted.replace)
    throw new StoreError('STORE_INVALID', { store: file, detail: 'it is not empty; --replace puts it aside' });
  const erased = await erasedOf(wanted, there === 'something' ? storeAt(`sqlite:${file}`, '--to') : null);
  let aside: string | null = null;
  const { documents, events, records } = await wholeFile(
    file,
    async (part) => {
      copyInUse(wanted.from, part);
      stillFile(part);
      await withDatabase(part, async (database) => eraseIn(database, erased));
      return stillFile(part);
    },
    () => {
      standsAt(file);
      aside = putAside(file, Date.now());
    },
  );
  console.log(`${documents} documents, ${events} events and ${records} records of logs are in ${file}.`);
  if (aside !== null) console.log(`What was there is ${String(aside)}: keep it for examination.`);
  return true;
}

async function intoDatabase(wanted: Wanted, address: MongodbAddress): Promise<boolean> {
  const erased = await erasedOf(wanted, null);
  const { file, remove } = temporaryCopy(wanted.from);
  try {
    stillFile(file);
    return await withDatabase(file, async (source) => {
      await eraseIn(source, erased);
      // The driver takes its time, and who has an embedded store does not need it.
      const { carryOver } = await import('../migrate/carry-over.ts');
      const { documents, events, logs, wrong } = await carryOver(source, address, progress());
      for (const line of wrong) console.error(line);
      if (wrong.length > 0) console.error(`Not the same: drop the database ${address.name} and begin anew.`);
      else console.log(`${documents} documents, ${events} events and ${logs} logs are in ${address.name}, compared.`);
      return wrong.length === 0;
    });
  } finally {
    remove();
  }
}

async function withDatabase<T>(file: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(file);
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** Of what was named, and of what is replaced if it can be read. */
async function erasedOf(wanted: Wanted, replaced: Settings | string | null): Promise<Erased> {
  const named = wanted.erasedIn === null ? [] : await erasedIn(wanted.erasedIn);
  if (replaced === null || typeof replaced === 'string') return new Map(named);
  const present = await erasedIn(replaced).catch((error: unknown) => {
    console.error(`Whose keys were destroyed there could not be read: ${error instanceof Error ? error.message : ''}`);
    return new Map<string, number>();
  });
  return new Map([...present, ...named].toSorted(([, a], [, b]) => a - b));
}

async function eraseIn(database: Database, erased: Erased): Promise<void> {
  const persons = await eraseAgain(sqliteStore(database, Date.now), erased);
  if (erased.size > 0)
    console.log(`The keys of ${persons} persons that were destroyed since are destroyed here as well.`);
}
