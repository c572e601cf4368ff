/** `npm run backup`: the hub's store as one file, while the hub runs. */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { progress } from '../progress.ts';
import { runCommand } from '../run-command.ts';
import type { Held } from '../sqlite/still-file.ts';
import { storeAt } from '../store-at.ts';
import { copyOfFile } from './copy-of-file.ts';
import { wholeFile } from './whole-file.ts';

const HELP = `npm run backup -- --to FILE [--from STORE_URL]

Writes all that the hub's store holds into one file, while the hub runs: documents, events and logs, the audit chains among
them. Everything that was acknowledged before it began is in it. The file is a store (sqlite:FILE), examined to the last page
before it gets its name; until then it is FILE.part. Save the checkpoints of the audit log before, and apart from it the
pepper, the keys of texts and the signing key: docs/operating.md. Nobody may retire records meanwhile.

  --to     the file; one that is there is left alone
  --from   default: the hub's STORE_URL. The password of a database by STORE_PASSWORD or STORE_PASSWORD_FILE
  --help`;

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));
await runCommand({ help: HELP, wantedBy, run });

async function run(wanted: Wanted): Promise<number> {
  const { documents, events, records } = await wholeFile(wanted.to, async (part) => backUp(wanted, part));
  console.log(
    `${documents} documents, ${events} events and ${records} records of logs are in ${wanted.to}` +
      ` (${Math.ceil(statSync(wanted.to).size / 1e6)} MB).`,
  );
  console.log(`To try it: STORE_URL=sqlite:${wanted.to} npm run audit -- verify, with the checkpoints saved before.`);
  return 0;
}

type Wanted = Exclude<ReturnType<typeof storeAt>, string> & { readonly to: string };

function wantedBy(args: readonly string[]): Wanted | string {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args: [...args], options: { from: text, to: text, help: { type: 'boolean' } } });
    if (values.help) return 'help';
    if (values.to === undefined) return '--to is missing';
    const from = storeAt(values.from, '--from');
    if (typeof from === 'string') return from;
    const { STORE_URL: store } = from;
    if (store.engine === 'sqlite' && store.file === ':memory:')
      return '--from: a store in memory ends with its process';
    return { ...from, to: values.to };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function backUp({ STORE_URL: store, STORE_PASSWORD: password }: Wanted, part: string): Promise<Held> {
  if (store.engine === 'sqlite') return copyOfFile(store.file, part);
  // The driver takes its time, and who has an embedded store does not need it.
  const { copyOfDatabase } = await import('./copy-of-database.ts');
  return copyOfDatabase({ ...store, password }, part, progress());
}
