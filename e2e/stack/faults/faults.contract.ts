import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { verifyAudit } from '../../demo/audit-commands.ts';
import { until } from '../../harness/until.ts';
import { ends, evidenceOf, evidenceOfAll, nothingWaits, type Place } from './evidence.ts';
import { faultLine, type FaultRow, faultTable } from './fault-table.ts';
import { faultsOfRun } from './faults-of-run.ts';
import { goodReadings, type Load, type Reading, signedIn, startLoad } from './load.ts';
import { referredPeople } from './referred-people.ts';
import type { StackFault, Struck } from './stack-faults.ts';

const { seconds, clients, restMs, leastChanges, untried } = faultsOfRun();
const WHOLE_AGAIN_WITHIN_MS = 120_000;
const LEAST_WITHIN_MS = 120_000;

/** The figures, as docs/reliability.md has them. */
export function tellFaults(rows: readonly FaultRow[]): void {
  process.stderr.write(`\n${faultTable(rows)}\n`);
  for (const { name, why } of untried) process.stderr.write(`not tried here: ${name} (${why})\n`);
}

/** A test a fault, on one start of the whole. */
export function describeFaults(
  struck: () => Struck,
  { faults, rows }: { faults: readonly StackFault[]; rows: FaultRow[] },
): void {
  let referred: readonly string[];
  const loads: Load[] = [];
  let begin: Place;

  beforeAll(async () => {
    referred = await referredPeople(struck().topology);
  }, 120_000);

  test.each(faults.map((fault) => [fault.name, fault] as const))(
    '%s: nothing acknowledged is lost, nothing is there twice, no answer is wrong, and all is whole again',
    async (name, fault) => {
      const { topology } = struck();
      const clear = await fault.prepare(struck());
      const callers = await signedIn(topology);
      let readings: readonly Reading[] | null = null;
      // What the last fault has left, an open circuit breaker say, is over first.
      await until(async () => (readings = await goodReadings(topology, callers).catch(() => null)) !== null, {
        withinMs: WHOLE_AGAIN_WITHIN_MS,
      });
      const from = await ends(topology, callers.target);
      begin ??= from;
      const load = startLoad(topology, { callers, readings: readings ?? [], label: name, clients, restMs, referred });
      loads.push(load);
      const wholeAgainMs = await broken(struck(), { fault, load })
        // What fails here must not ask on while the next fault is tried.
        .finally(load.end)
        .finally(clear);
      const evidence = await evidenceOf(topology, { load, from, token: callers.target });
      const row = { name, load, evidence, wholeAgainMs };
      rows.push(row);
      // All of them take a quarter of an hour.
      process.stderr.write(`${faultLine(row)}\n`);
      expect({ wrong: load.wrong, ...evidence }).toEqual({ wrong: [], lost: [], twice: [] });
      if (fault.breaksNothing) expect(load.counts.broken).toBe(0);
      const unreached = (load.codes.get('SOURCE_UNAVAILABLE') ?? 0) + (load.codes.get('UNAVAILABLE') ?? 0);
      expect(unreached / load.counts.sent).toBeLessThanOrEqual(fault.mostUnreached);
    },
    600_000,
  );

  test('of all together nothing is lost and nothing is there twice, whenever it came', async () => {
    const { topology } = struck();
    // Whatever a dead process had claimed is carried out by another one when its lease is over.
    await until(async () => nothingWaits(topology), { withinMs: WHOLE_AGAIN_WITHIN_MS, everyMs: 1_000 });
    const { target } = await signedIn(topology);
    expect(await evidenceOfAll(topology, { loads, from: begin, token: target })).toEqual({ lost: [], twice: [] });
  }, 300_000);

  test('the chains of both gateways verify', async () => {
    const { topology } = struck();
    let verified = await verifyAudit(topology);
    await until(async () => (verified = await verifyAudit(topology)).exitCode === 0, { withinMs: 60_000 }).catch(
      () => undefined,
    );
    expect([verified.exitCode, verified.stdout + verified.stderr]).toEqual([
      0,
      expect.stringMatching(/changes[^]*gateway-1[^]*gateway-2/),
    ]);
  }, 300_000);
}

/** Breaks it under this load, and mends it. Answers after how many milliseconds an answer was whole again. */
async function broken(struck: Struck, { fault, load }: { fault: StackFault; load: Load }): Promise<number> {
  await pause(seconds * 1_000);
  // On a slow machine as well: of fewer, that none was lost would say little.
  await until(async () => load.changes.length >= leastChanges, { withinMs: LEAST_WITHIN_MS }).catch(
    (cause: unknown) => {
      const { counts, codes, changes } = load;
      const seen = JSON.stringify({ ...counts, changes: changes.length, codes: [...codes] });
      throw new Error(`too few changes before the fault: ${seen}`, { cause });
    },
  );
  await fault.strike(struck);
  await pause(seconds * 1_000);
  const ended = Date.now();
  await fault.end(struck);
  await until(async () => load.allWhole(ended) !== null, { withinMs: WHOLE_AGAIN_WITHIN_MS });
  return (load.allWhole(ended) ?? Infinity) - ended;
}
