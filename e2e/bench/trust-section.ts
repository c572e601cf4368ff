import { loadavg } from 'node:os';
import { startProcess } from '../harness/start-process.ts';
import { seedStore, type Stack } from '../harness/start-stack.ts';
import { HUB_FLAGS, inProject, keptProcesses, type KeptProcesses, keptStack, readyUrl } from './kept-processes.ts';
import { markdownTable } from './markdown-table.ts';
import { measuredRun, type Run } from './measured-run.ts';
import { median } from './median.ts';
import { ownStore } from './own-store.ts';
import { paired } from './paired.ts';
import { expectSameProfile, profileRequest } from './profile-request.ts';
import { ratioText } from './ratio-text.ts';

interface TrustOptions {
  readonly people: number;
  readonly rounds: number;
}

/** A hub that leaves out a part of the trust, by a program beside the gateway that is for measuring only. */
interface Measured {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
}

const MEASURED_HUB = 'gateway/measured-hub.fixture.ts';
/** Each leaves out what those before it do as well. */
const LEFT_OUT = [
  ['durability', 'records thrown away'],
  ['second-look', '… and no second look'],
  ['record', '… and no record'],
  ['decision', '… and no decision'],
] as const;
const CONNECTIONS = [1, 10] as const;
/** What is looked for is a few hundredths: more rounds than the other sections have, of so many answers each. */
const ROUNDS_FOR_ONE = 4;
const ANSWERS = 40;

const TEXT = `Every row is a hub with its subgraphs embedded, in a process and with a store of its own, on the same sample systems; asked
in turn, forth and back. Each leaves out what the rows above it leave out, too:

- whole: as \`npm start\` runs it.
- records thrown away: a record is made for each answer, but not chained, hashed, stored or signed; nobody waits for the disk.
- no second look: what was decided is not read again before the answer goes out.
- no record: what was decided and what is shown is still collected from the answer, as field permissions need the walk.
- no decision: made once and remembered. The person is still read from the store, the token checked, the answer cut to the
  scopes, and a grant signed for each department and checked there: without them no department answers at all.

"whole ÷ this": the median over the rounds of the whole hub's figure beside this one's in the same round, in brackets the
middle half of the rounds; 1.05 in processor time = what is left out costs 5 %. "costs µs": their difference, its median.`;

/** The profile query with decision and audit, and without, a part at a time, in the same run. */
export async function trustSection(options: TrustOptions): Promise<string> {
  const kept = keptProcesses();
  try {
    const stack = await keptStack(kept.keep, options);
    const hubs = [{ name: 'whole', url: stack.gateway, pid: stack.hubPid }, ...(await startOthers(stack, kept))];
    await expectSameProfile(
      stack,
      hubs.map(({ url }) => url),
    );
    return `${TEXT}\n\n${table(await inTurn(stack, hubs, options))}`;
  } finally {
    await kept.close();
  }
}

async function startOthers(stack: Stack, { folder, keep }: KeptProcesses): Promise<readonly Measured[]> {
  const started: Measured[] = [];
  for (const [leftOut, name] of LEFT_OUT) {
    const environment = { ...stack.environment, ...ownStore(folder) };
    await seedStore(stack.world, { folder, environment, inCare: stack.world.people.length });
    const one = await keep(
      startProcess({
        arguments: [...HUB_FLAGS, inProject(MEASURED_HUB), leftOut],
        environment,
        ready: readyUrl,
      }),
    );
    started.push({ name, url: one.url, pid: one.pid });
  }
  return started;
}

interface Series extends Measured {
  readonly connections: number;
  readonly runs: readonly Run[];
  readonly loads: readonly number[];
}

/** The first round warms up and is not counted; every other goes backwards, so that what drifts hits none more than another. */
async function inTurn(stack: Stack, hubs: readonly Measured[], { rounds }: TrustOptions): Promise<readonly Series[]> {
  const measured = CONNECTIONS.flatMap((connections) =>
    hubs.map((hub) => ({ ...hub, connections, runs: [] as Run[], loads: [] as number[] })),
  );
  for (let round = 0; round <= rounds * ROUNDS_FOR_ONE; round += 1) {
    const request = await profileRequest(stack);
    for (const { url, pid, connections, runs, loads } of round % 2 === 0 ? measured : measured.toReversed()) {
      const watched = { hub: [pid], systems: [stack.systems.pid] };
      const run = await measuredRun({ url, request, connections, until: { answers: ANSWERS }, watched });
      if (round === 0) continue;
      runs.push(run);
      loads.push(loadavg()[0] ?? Number.NaN);
    }
  }
  return measured;
}

const micros = ({ use }: Run) => use.hub?.microsPerAnswer ?? Number.NaN;

function table(measured: readonly Series[]): string {
  const head = [
    'hub',
    'connections',
    'hub µs',
    'whole ÷ this, µs',
    'costs µs',
    'mean ms',
    'whole ÷ this, ms',
    'not whole',
    'load average',
  ];
  const rows = measured.map(({ name, connections, runs, loads }) => {
    const whole = measured.find((other) => other.connections === connections)?.runs ?? [];
    const beside = (pick: (run: Run) => number) => paired(whole.map(pick), runs.map(pick));
    const cost = beside(micros);
    return [
      name,
      connections,
      Math.round(median(runs.map(micros))),
      ratioText(cost),
      Math.round(cost.difference),
      median(runs.map(({ meanMs }) => meanMs)),
      ratioText(beside(({ meanMs }) => meanMs)),
      runs.reduce((sum, { failed }) => sum + failed, 0),
      median(loads),
    ];
  });
  return markdownTable(head, rows);
}
