/** `npm run bench:scale`: what the hub's work on its store costs while a district grows by powers of ten. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongodb } from '../../stack/servers/mongodb.ts';
import { machine } from '../machine.ts';
import { measuredProgram } from '../measured-program.ts';
import { districtSizes, HELP, type ScaleBenchOptions, scaleBenchOptions } from './options.ts';
import { costTable, growing, loadTable, type ScaleFigures, scaleFigures } from './scale-tables.ts';

const MEASURE = 'subgraphs/referral/measured/district/measured-district.fixture.ts';
/** The wire gets a tenth of the embedded store's. */
const WIRE_PART = 10;
const TIMES_A_ROUND = 20;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = scaleBenchOptions(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else await bench(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function bench(options: ScaleBenchOptions): Promise<void> {
  console.log(`## Machine\n\n${machine()}`);
  const figures: Partial<Record<ScaleBenchOptions['engines'][number], ScaleFigures>> = {};
  for (const engine of options.engines) {
    const measured = engine === 'sqlite' ? await embedded(options) : await onTheWire(options);
    figures[engine] = measured;
    const costs = costTable(measured, engine === 'sqlite' ? 'processor' : 'clock');
    console.log(`\n## ${engine}\n\n${costs}\n\n${loadTable(measured)}`);
    // On the wire it is another's server that tells, and counts grow by decision: there somebody has to read.
    if (engine === 'sqlite') failWhere(growing(measured, 'processor'));
    console.log(`\nLoad average after: ${loadavg()[0]?.toFixed(1)}`);
  }
  if (options.json !== null) writeFileSync(options.json, JSON.stringify(figures));
}

/** Each of these rows an index serves, and its cost must stay flat. */
function failWhere(grow: readonly string[]): void {
  for (const row of grow) console.error(`sqlite grows where an index serves: ${row}`);
  if (grow.length > 0) process.exitCode = 1;
}

async function embedded(options: ScaleBenchOptions): Promise<ScaleFigures> {
  return measure(options, { upTo: options.upTo, mongodb: null });
}

/** On the machine's own disk, every write that counts journalled; or on the replica set that is given. */
async function onTheWire(options: ScaleBenchOptions): Promise<ScaleFigures> {
  const upTo = Math.max(options.from, options.upTo / WIRE_PART);
  const given = process.env['XINQIAO_TEST_MONGODB_URL'];
  if (given !== undefined) return measure(options, { upTo, mongodb: given });
  const folder = mkdtempSync(join(options.folder ?? tmpdir(), 'xinqiao-bench-'));
  const server = await startMongodb({ folder, syncOnCommit: false });
  const endAtOnce = () => {
    process.kill(server.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', endAtOnce);
  try {
    return await measure(options, { upTo, mongodb: server.url });
  } finally {
    process.off('exit', endAtOnce);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  { areas, rounds, verify, from, recordsEach, folder }: ScaleBenchOptions,
  { upTo, mongodb }: { upTo: number; mongodb: string | null },
): Promise<ScaleFigures> {
  const asked = {
    sizes: districtSizes({ from, upTo, recordsEach }),
    areas,
    rounds,
    times: TIMES_A_ROUND,
    verify,
    mongodb,
  };
  return measuredProgram(MEASURE, {
    figures: scaleFigures,
    given: [JSON.stringify(asked)],
    ...(folder !== null && { within: folder }),
    aloud: true,
  });
}
