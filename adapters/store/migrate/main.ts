/** `npm run migrate`: carries an embedded store into a MongoDB, for a district that outgrew one machine. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { StoreError } from '../port.ts';
import { progress } from '../progress.ts';
import { runCommand } from '../run-command.ts';
import type { StoreUrl } from '../settings.ts';
import { openDatabase } from '../sqlite/database.ts';
import { storeAt } from '../store-at.ts';
import { carryOver } from './carry-over.ts';

const HELP = `npm run migrate -- --from sqlite:FILE --to mongodb://USER@HOST,HOST,HOST/DATABASE?replicaSet=NAME

Carries all that an embedded store holds into a MongoDB that has no store yet, and compares: sums of documents, versions,
bytes, keys, index entries and events, and every entry of every log letter by letter, audit chains among them. The hub must
be stopped. Broken off, it is run again and goes on; until it is done no hub starts on that database. Nothing is taken away
from the file. Afterwards: STORE_URL of every hub, then npm run audit -- verify with the checkpoints you have.

  --from   as the hub's STORE_URL was: sqlite:FILE
  --to     as the hub's STORE_URL will be; the password by STORE_PASSWORD or STORE_PASSWORD_FILE
  --help`;

const WRONG = 1;

await runCommand({ help: HELP, wantedBy, run: migrate });

type Engine<Name extends StoreUrl['engine']> = Extract<StoreUrl, { readonly engine: Name }>;

interface Wanted {
  readonly from: Engine<'sqlite'>;
  readonly to: Engine<'mongodb'> & { readonly password?: string | undefined };
}

function wantedBy(args: readonly string[]): Wanted | string {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args: [...args], options: { from: text, to: text, help: { type: 'boolean' } } });
    if (values.help) return 'help';
    for (const option of ['from', 'to'] as const) if (values[option] === undefined) return `--${option} is missing`;
    const from = storeAt(values.from, '--from');
    const to = storeAt(values.to, '--to');
    if (typeof from === 'string') return from;
    if (typeof to === 'string') return to;
    if (from.STORE_URL.engine !== 'sqlite' || from.STORE_URL.file === ':memory:')
      return '--from: sqlite:FILE is expected';
    if (to.STORE_URL.engine !== 'mongodb') return '--to: mongodb://… is expected';
    return { from: from.STORE_URL, to: { ...to.STORE_URL, password: to.STORE_PASSWORD } };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function migrate({ from, to }: Wanted): Promise<number> {
  if (!existsSync(from.file)) throw new StoreError('STORE_MISSING', { store: from.file });
  // Held until the end: no hub changes it meanwhile.
  const source = openDatabase(from.file);
  try {
    const { documents, events, logs, wrong } = await carryOver(source, to, progress());
    for (const line of wrong) console.error(line);
    if (wrong.length > 0) {
      console.error(`Not the same: drop the database ${to.name} and begin anew. ${from.file} is as it was.`);
      return WRONG;
    }
    console.log(`${documents} documents, ${events} events and ${logs} logs are in ${to.name}, compared.`);
    console.log(`Now: STORE_URL of every hub, npm run audit -- verify; keep ${from.file} until then.`);
    return 0;
  } finally {
    source.close();
  }
}
