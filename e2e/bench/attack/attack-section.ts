import { z } from 'zod';
import { caller } from '../../harness/caller.ts';
import { hubIdOf } from '../../harness/care-seed.ts';
import { startProcess } from '../../harness/start-process.ts';
import type { Stack } from '../../harness/start-stack.ts';
import { percentile } from '../gateway/percentile.ts';
import { CORES, pinned } from '../gateway/pinned.ts';
import { inProject, keptProcesses, keptStack, readyUrl } from '../kept-processes.ts';
import { markdownTable } from '../markdown-table.ts';
import { median } from '../median.ts';
import { memoryBytes } from '../process-use.ts';
import { expectSameProfile } from '../profile-request.ts';
import { type Attacker, type Trial, TRIALS } from './trials.ts';
import { type Victim, VICTIMS } from './victims.ts';

interface AttackOptions {
  readonly rounds: number;
  /** Names of trials; all of them by default. */
  readonly trials: readonly string[];
}

const PEOPLE = 200;
const MEGABYTE = 1_000_000;

const TEXT = `One client within its limits does its worst; another asks for the profile, one after the other on one connection, where the
row says nothing else. The hub has a core for itself; systems, load generator and the attackers, in processes of their own with a
lower priority, share the other. Alone and under attack in turn; p99 over all rounds of some 100 answers each. "÷ alone": aim at most 2.`;

/** How much longer others wait while somebody does the worst that is allowed. */
export async function attackSection({ rounds, trials }: AttackOptions): Promise<string> {
  const kept = keptProcesses();
  try {
    // The limits are those of the product, not of the benchmarks.
    const limited = {
      CLIENT_COST_PER_SECOND: '20000',
      PERSON_MATCHES_PER_MINUTE: '20',
      CIVIL_AFFAIRS_TIMEOUT_MS: '3800',
    };
    const stack = await keptStack(kept.keep, { people: PEOPLE, environment: limited });
    await expectSameProfile(stack, [stack.gateway]);
    const isPinned = pinned(stack.hubPid, CORES.gateway);
    for (const pid of [stack.systems.pid, process.pid]) pinned(pid, CORES.others);
    const rows = [];
    for (const trial of trials.length > 0 ? trials : Object.keys(TRIALS)) {
      const row = await tried(stack, trialOf(trial), rounds);
      console.error(...row);
      rows.push(row);
    }
    const head = [
      'attack',
      'p50 alone',
      'p99 alone',
      'p50 ms',
      'p99 ms',
      '÷ alone',
      'not whole',
      'its answers/s',
      'hub MB',
    ];
    return `${TEXT}${isPinned ? '' : '\n\nNot tied to cores here.'}\n\n${markdownTable(head, rows)}`;
  } finally {
    await kept.close();
  }
}

function trialOf(name: string): Trial {
  const trial = TRIALS[name];
  if (trial === undefined) throw new Error(`--trials: one of ${Object.keys(TRIALS).join(', ')}`);
  return trial;
}

async function tried(stack: Stack, { what, attackers, victim: name }: Trial, rounds: number) {
  const victim: Victim = VICTIMS[name];
  const [alone, under]: [number[], number[]] = [[], []];
  const rates: number[] = [];
  let [failed, megabytes] = [0, 0];
  if (victim.slow !== undefined) await stack.systems.break(victim.slow, 'slow');
  // What is asked for the first time is planned, and the processor's caches are another's.
  await (
    await victim.ready(stack)
  )();
  for (let round = 0; round < rounds; round += 1) {
    const ask = await victim.ready(stack);
    alone.push(...(await ask()).latencies);
    const attacking = [];
    for (const attacker of attackers) attacking.push(await startAttacker(stack, attacker));
    const startedAt = performance.now();
    const result = await ask();
    under.push(...result.latencies);
    failed += result.failed;
    megabytes = Math.max(megabytes, memoryBytes(stack.hubPid).now / MEGABYTE);
    let answers = 0;
    for (const attacker of attacking) answers += await attacker.end();
    rates.push(answers / ((performance.now() - startedAt) / 1_000));
  }
  if (victim.slow !== undefined) await stack.systems.break(victim.slow, null);
  const of = (latencies: number[]) => Float64Array.from(latencies).sort();
  const [quiet, loud] = [of(alone), of(under)];
  return [
    what,
    percentile(quiet, 0.5),
    percentile(quiet, 0.99),
    percentile(loud, 0.5),
    percentile(loud, 0.99),
    percentile(loud, 0.99) / percentile(quiet, 0.99),
    failed,
    Math.round(median(rates)),
    Math.round(megabytes),
  ];
}

const report = z.object({ answers: z.number() });

async function startAttacker(stack: Stack, { attack, client }: Attacker): Promise<{ end(): Promise<number> }> {
  const { token } = await caller(stack, client);
  const pupils = stack.world.people.filter(({ localIds }) => localIds.education.length > 0).slice(0, 20);
  const ids = pupils.map((person) => hubIdOf(stack.world, person));
  let answers = 0;
  const running = await startProcess({
    arguments: [inProject('e2e/bench/attack/attacker.ts'), attack],
    environment: { TARGET: JSON.stringify({ url: stack.gateway, token, ids }) },
    ready: readyUrl,
    heard: (line) => {
      if (line.startsWith('{"answers"')) answers = report.parse(JSON.parse(line)).answers;
    },
  });
  pinned(running.pid, CORES.others);
  return {
    end: async () => {
      await running.end();
      return answers;
    },
  };
}
