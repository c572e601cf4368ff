/** `npm run link`: finds the local ids of persons who are in the hub already. Creates nobody. */
import { parseArgs } from 'node:util';
import { startProblems } from '../../../adapters/shared/start-problems.ts';
import { readSettings } from '../../../adapters/shared/settings.ts';
import { openStore } from '../../../adapters/store/open-store.ts';
import { storeSettings } from '../../../adapters/store/settings.ts';
import { deployedDepartment } from '../../shared/deployed-department.ts';
import { idNumberHash } from '../id-number-hash.ts';
import { personSettings } from '../settings.ts';
import { linkRegister } from './link-register.ts';

const HELP = `npm run link -- --department SLUG [--dry-run]

Walks the register of a department page by page and links persons who are in the hub already, where it is certain: the
same ID number, and neither name nor sex nor birth date against it. Lists what is not certain by local id and hub id, records it
for a human decision, and creates nobody. Stopped or killed, it goes on at the same page when started again.

  --department SLUG  e.g. health, civil-affairs
  --dry-run          from the beginning; lists and counts, changes nothing
  --help

The embedded store belongs to one process: stop the hub first, or use its backup with --dry-run.
Environment: STORE_URL, PERSON_ID_PEPPER and what the department's adapter needs (docs/configuration.md).`;

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

const linkSettings = { ...storeSettings, PERSON_ID_PEPPER: personSettings.PERSON_ID_PEPPER };

async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const options = readArguments(args);
  if (options === null || options.help === true || options.department === undefined) {
    (options?.help === true ? say : complain)(HELP);
    return options?.help === true ? 0 : 2;
  }
  const found = await deployedDepartment(options.department);
  if (typeof found === 'string') {
    complain(found);
    return 2;
  }
  const own = readSettings(linkSettings, environment);
  const theirs = readSettings(found.settings, environment);
  const problems = startProblems(
    [
      { table: linkSettings, ...own },
      { table: found.settings, ...theirs },
    ],
    environment,
  );
  if (problems.length > 0) {
    problems.forEach(complain);
    return 2;
  }
  const store = await openStore(own.values);
  const source = found.createSource(theirs.values);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
  try {
    const counts = await linkRegister({
      store,
      source,
      department: found.department,
      idNumberHash: idNumberHash(own.values.PERSON_ID_PEPPER),
      by: { request: null, actor: null, purpose: null },
      now: Date.now,
      dryRun: options['dry-run'] === true,
      signal: stop.signal,
      report: {
        page: ({ pages, entries, linked }) => complain(`page ${pages}: ${entries} lines read, ${linked} linked`),
        uncertain: ({ localId, kind, personIds }) => say(JSON.stringify({ localId, kind, personIds })),
      },
    });
    say(JSON.stringify(counts));
    return 0;
  } finally {
    await source.close();
    await store.close();
  }
}

function readArguments(args: readonly string[]) {
  try {
    const options = {
      department: { type: 'string' },
      'dry-run': { type: 'boolean' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return null;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
