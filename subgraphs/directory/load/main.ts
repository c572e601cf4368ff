/** `npm run directory -- load FILE`: a file of organisations and services into the directory. */
import { parseArgs } from 'node:util';
import { FileRefused } from '../../../adapters/shared/file-refused.ts';
import { readSettings } from '../../../adapters/shared/settings.ts';
import { openStore } from '../../../adapters/store/open-store.ts';
import { storeSettings } from '../../../adapters/store/settings.ts';
import { departmentsOf, readDeployment } from '../../../schema/departments.ts';
import { dryStore } from './dry-store.ts';
import { loadRows } from './load-rows.ts';
import type { LoadedRows } from './loaded-row.ts';
import { maintainer } from './maintainer.ts';
import { isTable, readRows, tableKindOf } from './read-rows.ts';
import { faultLine, reportLine } from './report-line.ts';

const HELP = `npm run directory -- load FILE [options]

Puts organisations, services, locations, professionals and capacities into the service directory, from HSDS 3 JSON, or
from a table of one kind (CSV in GBK, UTF-8 or UTF-16; XLSX). Each row is checked as the API checks it. Rows that are not
taken are listed on standard output with place and reason, one JSON object a line; the last line counts. Run again it
changes nothing; stopped or killed, start it again.

  --kind KIND        of a table: organisations, locations, professionals, services or capacities; else by its file name
  --department CODE  with the rights of this department only, e.g. EDUCATION; needs --division
  --division CODE    the jurisdiction of that department, e.g. 390106
  --dry-run          says what would happen, changes nothing
  --help

Exit codes: 0 every row is in force, 1 some rows were not taken, 2 wrong usage or configuration, or the store failed
(start it again), 3 the file was refused as a whole and nothing changed.
The embedded store belongs to one process: stop the hub first. Environment: STORE_URL (docs/configuration.md).`;

const PROGRESS_EVERY = 100;
const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const read = readArguments(args);
  if (read === null || read.values.help === true || read.positionals.length !== 2 || read.positionals[0] !== 'load') {
    (read?.values.help === true ? say : complain)(HELP);
    return read?.values.help === true ? 0 : 2;
  }
  const { values: options } = read;
  const file = read.positionals[1] ?? '';
  const departments = new Set(departmentsOf(readDeployment()).map(({ code }) => code));
  const caller = maintainer(options, departments);
  const kind = tableKindOf(file, options.kind);
  const { values, problems } = readSettings(storeSettings, environment);
  const wrong = [
    ...problems,
    ...(typeof caller === 'string' ? [caller] : []),
    ...(isTable(file) && kind === null ? ['--kind: say what the table holds'] : []),
  ];
  if (wrong.length > 0 || typeof caller === 'string') {
    wrong.forEach(complain);
    return 2;
  }
  const loaded = await readRows(file, kind);
  const opened = await openStore(values);
  try {
    const store = options['dry-run'] === true ? dryStore(opened) : opened;
    return await load(loaded, { store, caller, departments, now: Date.now });
  } finally {
    await opened.close();
  }
}

async function load(loaded: LoadedRows, loading: Parameters<typeof loadRows>[1]): Promise<number> {
  const counts = { rows: loaded.rows.length + loaded.faulty.length, entered: 0, changed: 0, unchanged: 0, notTaken: 0 };
  for (const faulty of loaded.faulty) say(JSON.stringify(faultLine(faulty)));
  counts.notTaken += loaded.faulty.length;
  let done = 0;
  for await (const result of loadRows(loaded.rows, loading)) {
    const line = reportLine(result);
    if (line !== null) say(JSON.stringify(line));
    counts[COUNTED[result.is]] += 1;
    done += 1;
    if (done % PROGRESS_EVERY === 0) complain(`${done} of ${loaded.rows.length} rows`);
  }
  say(JSON.stringify({ ...counts, ignored: loaded.ignored }));
  return counts.notTaken === 0 ? 0 : 1;
}

const COUNTED = {
  ENTERED: 'entered',
  CHANGED: 'changed',
  UNCHANGED: 'unchanged',
  NOT_TAKEN: 'notTaken',
  DUPLICATE_ROW: 'notTaken',
} as const;

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { kind: text, department: text, division: text, 'dry-run': flag, help: flag },
    });
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return null;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof FileRefused ? 3 : 2;
}
