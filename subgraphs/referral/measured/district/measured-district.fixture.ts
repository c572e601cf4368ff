/**
 * What the work of a district's store costs at each of its sizes. Test support; as a program (arguments: folder, a
 * `DistrictOptions` as JSON) it prints the figures, and on its error output how far it is.
 */
import { openLog } from '../../../../adapters/audit/many-records.fixture.ts';
import { type Area, districtOperations, type Operation } from './district-operations.fixture.ts';
import { districtStages, type Stage, verifiedRecords } from './district-stages.fixture.ts';
import type { DistrictSize, Loaded } from './grow-district.fixture.ts';

export interface DistrictOptions {
  readonly sizes: readonly DistrictSize[];
  readonly areas: readonly Area[];
  readonly rounds: number;
  /** Of each operation, in one round. */
  readonly times: number;
  /** A server, in place of the files. */
  readonly mongodb: string | null;
  /** Every audit record of every size is verified first. */
  readonly verify: boolean;
}

export interface DistrictFigures {
  readonly stages: readonly {
    readonly size: DistrictSize;
    readonly loaded: readonly Loaded[];
    /** How many audit records were verified. */
    readonly verified: number;
  }[];
  readonly operations: readonly {
    readonly area: Area;
    readonly what: string;
    readonly size: DistrictSize;
    readonly rounds: readonly Round[];
  }[];
}

interface Round {
  /** Of each time, by the clock, in microseconds. */
  readonly times: readonly number[];
  /** Processor time of one, of this process: of a database it is not the server's. */
  readonly micros: number;
}

type Say = (line: string) => void;
type Measured = Operation & { readonly size: DistrictSize; readonly rounds: Round[] };

/** All sizes are asked in turn, so that what slows the machine down hits none more than another. The first round warms up. */
export async function measuredDistrict(
  folder: string,
  { areas, rounds, times, verify, ...growing }: DistrictOptions,
  say?: Say,
): Promise<DistrictFigures> {
  const stages = await districtStages({ folder, ...growing, say });
  const logs = await Promise.all(stages.map(async ({ store, place }) => openLog(store, place)));
  try {
    const told: DistrictFigures['stages'][number][] = [];
    for (const stage of stages)
      told.push({ size: stage.size, loaded: stage.loaded, verified: verify ? await verifiedRecords(stage) : 0 });
    const operations = inTurn(stages, (stage, i) => operationsOf(stage, logs[i])).filter(({ area }) =>
      areas.includes(area),
    );
    await expectSameWork(operations);
    for (let round = 0; round <= rounds; round += 1) {
      say?.(`round ${round} of ${rounds}`);
      for (const one of operations) {
        const measured = await roundOf(one, { round, times });
        if (round > 0) one.rounds.push(measured);
      }
    }
    return {
      stages: told,
      operations: operations.map(({ area, what, size, rounds: all }) => ({ area, what, size, rounds: all })),
    };
  } finally {
    for (const log of logs) await log.close();
    for (const { store, drop } of stages) {
      await store.close();
      await drop();
    }
  }
}

function operationsOf(
  { store, size }: Stage,
  auditLog: Awaited<ReturnType<typeof openLog>> | undefined,
): readonly Measured[] {
  if (auditLog === undefined) throw new Error('each stage has its log');
  return districtOperations({ store, size, auditLog }).map((one) => ({ ...one, size, rounds: [] }));
}

/** The first of each, then the second of each. */
function inTurn<T>(stages: readonly Stage[], of: (stage: Stage, i: number) => readonly T[]): readonly T[] {
  const all = stages.map(of);
  return (all[0] ?? []).flatMap((_, n) => all.flatMap((some) => some.slice(n, n + 1)));
}

async function roundOf({ run }: Operation, { round, times: count }: { round: number; times: number }): Promise<Round> {
  const usedBefore = process.cpuUsage();
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await run(round * count + n);
    times.push((performance.now() - began) * 1_000);
  }
  const { user, system } = process.cpuUsage(usedBefore);
  return { times, micros: (user + system) / count };
}

/** What is compared must be the same work, and some. */
async function expectSameWork(operations: readonly Measured[]): Promise<void> {
  const amounts = new Map<string, number>();
  for (const { what, size, run } of operations) {
    const amount = await run(0);
    const expected = amounts.get(what) ?? amount;
    amounts.set(what, expected);
    if (amount === 0 || amount !== expected)
      throw new Error(`${what}: ${amount} came with ${size.referrals} referrals, ${expected} with the fewest`);
  }
}

if (import.meta.main) {
  const [folder = '.', options = '{}'] = process.argv.slice(2);
  console.log(JSON.stringify(await measuredDistrict(folder, JSON.parse(options), (line) => console.error(line))));
}
