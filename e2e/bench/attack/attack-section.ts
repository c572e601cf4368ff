import { z } from 'zod';
import { caller } from '../../harness/caller.ts';
import { hubIdOf } from '../../harness/care-seed.ts';
import { startProcess } from '../../harness/start-process.ts';
import type { Stack } from '../../harness/start-stack.ts';
import { closedLoop } from '../gateway/load.ts';
import { percentile } from '../gateway/percentile.ts';
import { CORES, pinned } from '../gateway/pinned.ts';
import { requestBytes } from '../gateway/request-bytes.ts';
import { inProject, keptProcesses, keptStack, readyUrl } from '../kept-processes.ts';
import { markdownTable } from '../markdown-table.ts';
import { median } from '../median.ts';
import { memoryBytes } from '../process-use.ts';
import { expectSameProfile, profileRequest } from '../profile-request.ts';
import { ATTACKS } from './attacks.ts';

interface AttackOptions {
  readonly rounds: number;
  /** Names of attacks; all of them by default. */
  readonly attacks?: readonly string[];
}

const PEOPLE = 200;
const ANSWERS = 100;
const MEGABYTE = 1_000_000;

const TEXT = `One client within its limits does its worst; another asks for the profile, one after the other on one connection. The
hub has a core for itself; systems, load generator and the attacker, in a process of its own with a lower priority, share the other.
Alone and under attack in turn; p99 over all rounds of ${ANSWERS} answers each. "÷ alone": aim at most 2.`;

/** How much longer others wait while somebody does the worst that is allowed. */
export async function attackSection({ rounds, attacks = Object.keys(ATTACKS) }: AttackOptions): Promise<string> {
  const kept = keptProcesses();
  try {
    // The limits are those of the product, not of the benchmarks.
    const limited = { CLIENT_COST_PER_SECOND: '20000', PERSON_MATCHES_PER_MINUTE: '20' };
    const stack = await keptStack(kept.keep, { people: PEOPLE, environment: limited });
    await expectSameProfile(stack, [stack.gateway]);
    const isPinned = pinned(stack.hubPid, CORES.gateway);
    for (const pid of [stack.systems.pid, process.pid]) pinned(pid, CORES.others);
    const rows = [];
    for (const name of attacks) {
      const row = await attacked(stack, name, rounds);
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

async function attacked(stack: Stack, name: string, rounds: number) {
  const [alone, under]: [number[], number[]] = [[], []];
  const rates: number[] = [];
  let [failed, megabytes] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const victim = await victimOf(stack);
    alone.push(...(await victim()).latencies);
    const attacker = await startAttacker(stack, name);
    const startedAt = performance.now();
    const result = await victim();
    under.push(...result.latencies);
    failed += result.failed;
    megabytes = Math.max(megabytes, memoryBytes(stack.hubPid).now / MEGABYTE);
    rates.push((await attacker.end()) / ((performance.now() - startedAt) / 1_000));
  }
  const of = (latencies: number[]) => Float64Array.from(latencies).sort();
  const [quiet, loud] = [of(alone), of(under)];
  return [
    ATTACKS[name]?.what ?? name,
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

async function victimOf(stack: Stack) {
  const { headers, body } = await profileRequest(stack);
  const bytes = requestBytes(stack.gateway, JSON.parse(body), headers);
  return async () => closedLoop({ url: stack.gateway, requests: [bytes], connections: 1, until: { answers: ANSWERS } });
}

const report = z.object({ answers: z.number() });

async function startAttacker(stack: Stack, name: string): Promise<{ end(): Promise<number> }> {
  const { token } = await caller(stack, 'education-system');
  const pupils = stack.world.people.filter(({ localIds }) => localIds.education.length > 0).slice(0, 20);
  const ids = pupils.map((person) => hubIdOf(stack.world, person));
  let answers = 0;
  const running = await startProcess({
    arguments: [inProject('e2e/bench/attack/attacker.ts'), name],
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
