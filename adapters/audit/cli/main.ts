/** `npm run audit`: verifies, shows, exports and retires the audit log. */
import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { readSettings } from '../../shared/settings.ts';
import { openStore, openStoreToRead } from '../../store/open-store.ts';
import type { Store } from '../../store/port.ts';
import { storeSettings } from '../../store/settings.ts';
import { checkpointPlace } from '../checkpoint-place.ts';
import { auditSettings } from '../settings.ts';
import { publicKeysOf } from '../signing-key.ts';
import { fhirAuditEvents } from './fhir-audit-event.ts';
import { matches } from './matches.ts';
import { printable } from './printable.ts';
import { HELP, readArguments, type Wanted } from './read-arguments.ts';
import { readRecords, startOf } from './read-records.ts';
import { retireRecords } from './retire-records.ts';
import { isSound, reportLines, verifyAudit } from './verify-audit.ts';

const WRONG = 1;
const MISUSED = 2;
const PROGRESS_EVERY = 100_000;
/** 网络数据安全管理条例 art. 12: records of processing are kept for three years at least. */
const KEPT_YEARS = 3;

// Whoever stops reading the output has what they wanted.
process.stdout.on('error', () => process.exit(0));
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return WRONG;
});

async function main(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  if (typeof wanted === 'string') {
    console.error(`${wanted}\n\n${HELP}`);
    return MISUSED;
  }
  switch (wanted.command) {
    case 'help':
      console.log(HELP);
      return 0;
    case 'verify':
      return reading((store) => verify(store, wanted));
    case 'show':
      return reading((store) => show(store, wanted));
    case 'export':
      return reading((store) => exportAll(store, wanted));
    case 'retire':
      return retire(wanted);
  }
}

type Of<Command extends Wanted['command']> = Extract<Wanted, { readonly command: Command }>;

async function verify(store: Store, { checkpoints, keys }: Of<'verify'>): Promise<number> {
  const report = await verifyAudit(store, {
    places: await Promise.all(checkpoints.map(async (place) => checkpointPlace(place).readAll())),
    keys: publicKeysOf(readFileSync(keys, 'utf8')),
    progress: (log, records) => {
      if (records > 0 && records % PROGRESS_EVERY === 0) console.error(printable(`${log}: ${records} records read`));
    },
  });
  for (const line of reportLines(report)) console.log(line);
  return isSound(report) ? 0 : WRONG;
}

async function show(store: Store, wanted: Of<'show'>): Promise<number> {
  for await (const { log, chained } of readRecords(store, wanted))
    if (matches(chained.record, wanted)) console.log(printable(JSON.stringify({ log, ...chained })));
  return 0;
}

async function exportAll(store: Store, { format, out, ...days }: Of<'export'>): Promise<number> {
  const file = createWriteStream(out, { flags: 'wx', mode: 0o600 });
  let records = 0;
  for await (const { log, chained } of readRecords(store, days)) {
    const lines = format === 'fhir' ? fhirAuditEvents(chained.record) : [{ log, ...chained }];
    for (const line of lines) file.write(`${printable(JSON.stringify(line))}\n`);
    records += 1;
    if (records % PROGRESS_EVERY === 0) console.error(`${records} records written`);
  }
  file.end();
  await finished(file);
  console.log(`${records} records written to ${out}.`);
  return 0;
}

async function retire({ before, checkpoints, keys, out }: Of<'retire'>): Promise<number> {
  const instant = startOf(before) ?? Number.NaN;
  const youngest = new Date();
  youngest.setFullYear(youngest.getFullYear() - KEPT_YEARS);
  if (instant > youngest.getTime()) {
    console.error(`--before: records are kept for ${KEPT_YEARS} years at least; ${before} is too young`);
    return MISUSED;
  }
  const { AUDIT_SIGNING_KEY } = auditSettings;
  const { values, problems } = readSettings({ ...storeSettings, AUDIT_SIGNING_KEY }, process.env);
  if (problems.length > 0) {
    for (const problem of problems) console.error(problem);
    return MISUSED;
  }
  const store = await openStore(values, { create: false });
  try {
    const options = {
      before: instant,
      places: checkpoints.map(checkpointPlace),
      keys: publicKeysOf(readFileSync(keys, 'utf8')),
      signingKey: values.AUDIT_SIGNING_KEY,
      out,
      now: Date.now(),
    };
    const retirements = await retireRecords(store, options);
    for (const { log, records, last } of retirements) console.log(`${log}: ${records} records retired, up to ${last}`);
    console.log(
      retirements.length === 0
        ? 'Nothing more is that old; every place says where the chains go on.'
        : `They are in ${out}; keep it with the checkpoints.`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

async function reading(work: (store: Store) => Promise<number>): Promise<number> {
  const { values, problems } = readSettings(storeSettings, process.env);
  if (problems.length > 0) {
    for (const problem of problems) console.error(problem);
    return MISUSED;
  }
  const store = await openStoreToRead(values);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
