/** `npm run bench:gateway`: the gateway against its peers, as Markdown tables; nothing passes or fails by it, but answers that differ. */
import { keptProcesses } from '../kept-processes.ts';
import { machine } from '../machine.ts';
import { aimsTable } from './aims.ts';
import { type Contest, type ContestantName, type ContestOptions, startContest } from './contestants.ts';
import { cpuSection } from './cpu-section.ts';
import { enduranceSection } from './endurance-section.ts';
import { growthSection } from './growth-section.ts';
import { HALF_LOAD_TEXT, halfLoadSection } from './half-load-section.ts';
import { OPERATIONS } from './operations.ts';
import { type GatewayBenchOptions, gatewayBenchOptions, HELP } from './options.ts';
import { peerVersions } from './peer-versions.ts';
import { gatewayMemory, RATES_TEXT, ratesSection, ratesTables } from './rates-section.ts';
import { expectSameAnswers } from './same-answers.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = gatewayBenchOptions(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else await bench(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function bench(options: GatewayBenchOptions): Promise<void> {
  const { parts, looked } = options;
  say('Machine', `${machine()}\n${peerVersions()}`);
  if (['rates', 'growth'].some((part) => parts.some((one) => one === part)))
    await withContest({ ...options, inside: null }, async (contest) => fromOutside(contest, options));
  if (parts.includes('half-load'))
    await withContest({ only: [...foremost(options.only), 'from-memory'], inside: 'pauses' }, async (contest) => {
      say('At half load', `${HALF_LOAD_TEXT}\n\n${await halfLoadSection(contest, options)}`);
    });
  if (parts.includes('cpu'))
    await withContest({ ...options, only: looked, inside: 'cpu' }, async (contest) => {
      say('Where the time goes', await cpuSection(contest, options));
    });
  if (parts.includes('endurance'))
    await withContest({ ...options, only: looked, inside: 'heap' }, async (contest) => {
      say('Memory over many requests', await enduranceSection(contest, { ...options, report }));
    });
}

async function withContest(options: ContestOptions, measure: (contest: Contest) => Promise<void>): Promise<void> {
  const kept = keptProcesses();
  try {
    await measure(await startContest(kept, options));
  } finally {
    await kept.close();
  }
}

async function fromOutside(contest: Contest, options: GatewayBenchOptions): Promise<void> {
  const { parts, operations } = options;
  const { bytes } = await expectSameAnswers(
    contest.contestants,
    operations.map((name) => OPERATIONS[name]),
  );
  say('What is asked', asked(contest, bytes));
  if (parts.includes('rates')) {
    const cells = await ratesSection(contest, { ...options, report });
    say('Rates', `${RATES_TEXT}\n\n${ratesTables(cells)}`);
    for (const connections of options.connections)
      say(`Aims, ${connections} connection(s)`, aimsTable(cells, connections));
    say('Memory after it', gatewayMemory(contest));
  }
  if (parts.includes('growth')) {
    const names = foremost(options.only);
    const contestants = contest.contestants.filter(({ name }) => names.includes(name));
    say('More people in one answer', await growthSection({ ...contest, contestants }, options));
  }
}

/** Where the others would say nothing new, and take their time. */
function foremost(names: readonly ContestantName[]): readonly ContestantName[] {
  return names.filter((name) => ['hub', 'hub-trusted', 'apollo', 'mercurius-jit', 'fan-out'].includes(name));
}

function asked({ onCores }: Contest, bytes: Readonly<Record<string, number>>): string {
  const sizes = Object.entries(bytes).map(([name, size]) => `${name} ${(size / 1_000).toFixed(1)} kB`);
  const where = onCores
    ? 'The gateway has one core for itself, subgraphs and load generator another.'
    : 'All processes share the cores: taskset is missing, or there is one core only.';
  return `All contestants gave the same answers: ${sizes.join(', ')}. ${where}`;
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

function say(title: string, text: string): void {
  console.log(`## ${title}\n\n${text}\n`);
}
