/** `npm run bench`: figures as Markdown tables; nothing passes or fails by them, but a race that ends wrong. */
import { attackSection } from './attack/attack-section.ts';
import { auditSection } from './audit-section.ts';
import { callsSection } from './calls-section.ts';
import { type Contest, startContest } from './contestants.ts';
import { decisionSection } from './decision-section.ts';
import { loadSection } from './load-section.ts';
import { machine } from './machine.ts';
import { memoryTable } from './memory-table.ts';
import { feedSection } from './feed-section.ts';
import { listsSection } from './lists-section.ts';
import { movesSection } from './moves-section.ts';
import { webhooksSection } from './webhooks-section.ts';
import { type BenchOptions, benchOptions, HELP } from './options.ts';
import { racesSection } from './races-section.ts';
import { expectSameProfile } from './profile-request.ts';
import { scaleSection } from './scale-section.ts';
import { sideChannelsSection } from './side-channels/side-channels-section.ts';
import { startSection } from './start-section.ts';
import { trustSection } from './trust-section.ts';

const PEOPLE = 200;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = benchOptions(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else await bench(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function bench(options: BenchOptions): Promise<void> {
  const { sections } = options;
  say('Machine', machine());
  if (sections.includes('start')) say('npm run demo -- --once', await startSection());
  if (sections.includes('calls') || sections.includes('load')) await underLoad(options);
  if (sections.includes('audit')) say('The audit log', await auditSection(options));
  if (sections.includes('trust')) {
    say('Trust: what decision and audit cost', await trustSection({ ...options, people: PEOPLE }));
    say('Trust: one access decision', await decisionSection());
  }
  if (sections.includes('races')) await measureRaces(options);
  await measureReferrals(options);
  if (sections.includes('side-channels')) say('Side channels', await sideChannelsSection(options));
  if (sections.includes('attack')) say('Load as an attack', await attackSection(options));
  if (sections.includes('scale')) say('A large district', await scaleSection(options));
}

async function measureReferrals(options: BenchOptions): Promise<void> {
  const { sections } = options;
  if (sections.includes('moves')) say('Referrals: creations and moves', await movesSection(options));
  if (sections.includes('lists')) say('Referrals: lists for work', await listsSection(options));
  if (sections.includes('feed')) say('Referrals: catching up with the feed', await feedSection(options));
  if (sections.includes('webhooks')) say('Referrals: webhooks', await webhooksSection(options));
}

async function measureRaces(options: BenchOptions): Promise<void> {
  const { text, late } = await racesSection(options);
  say('Trust: withdrawals against answers in flight', text);
  if (late > 0) throw new Error(`${late} answer(s) went out although the record came after the withdrawal`);
}

async function underLoad(options: BenchOptions): Promise<void> {
  const contest = await startContest(PEOPLE);
  try {
    if (options.sections.includes('calls')) say('Calls to the departments', await callsSection(contest.stack));
    if (options.sections.includes('load')) await measureLoad(contest, options);
  } finally {
    await contest.close();
  }
}

async function measureLoad(contest: Contest, options: BenchOptions): Promise<void> {
  // The hub goes first: with its token it fills the stand-in, which the gateways without token then find filled.
  const { bytes } = await expectSameProfile(
    contest.stack,
    contest.contestants.map(({ url }) => url),
  );
  const asked = await contest.recorded();
  say('Load', await loadSection(contest, options));
  if ((await contest.recorded()) !== asked) throw new Error('a gateway asked the stand-in what the hub had not asked');
  console.log(`\nOne profile: ${bytes} bytes of JSON, ${asked} subgraph requests (the audit's second look is one).`);
  say('Memory after the load', memoryTable(contest));
}

function say(title: string, body: string): void {
  console.log(`\n## ${title}\n\n${body}`);
}
