/** `npm run desk`: a department's own system as a desk of the hub. A client of the hub's API, nothing more. */
import { parseArgs } from 'node:util';
import type { pino } from 'pino';
import { z } from 'zod';
import { startProblems } from '../../../adapters/shared/start-problems.ts';
import { readSettings, type Settings } from '../../../adapters/shared/settings.ts';
import { SourceError } from '../../../adapters/shared/source-error.ts';
import { causeForLog } from '../../shared/cause-for-log.ts';
import { deployedDepartment } from '../../shared/deployed-department.ts';
import { hubLog } from '../../shared/hub-log.ts';
import type { DeskServices } from './bring-over.ts';
import { deskRound } from './desk-round.ts';
import { keepDeskState, readDeskState } from './desk-state.ts';
import { hubReferrals } from './hub-referrals.ts';
import { type ReconcileCounts, reconcile } from './reconcile.ts';
import { runDesk } from './run-desk.ts';
import { deskSettings } from './settings.ts';

const HELP = `npm run desk -- --department SLUG [--every SECONDS | --once | --reconcile [--repair]]

Brings referrals that are addressed to institutions of a department into the department's own system, and the answers
that are made there (accept, reject, start, complete, fail) back to the hub. It is a client of the hub's API like any
other: it may run in the department's network, and may be stopped, killed and started again at any time.

  --department SLUG  whose system takes referrals, e.g. education, health, civil-affairs
  --every SECONDS    how often it looks on both sides (default 15, 1 to 3600); once a day it reconciles and repairs
  --once             one round, both directions to their end
  --reconcile        compares every open referral of the department with what its system says of it, changes nothing
  --repair           with --reconcile: delivers what is missing or older there and brings answers back, then says what is left
  --help

What was not in order is one line of JSON each on standard output, then the counts. Exit code 0: done, or all in step;
1: something is not in step, or a side does not serve; 2: wrong arguments or configuration.
Environment: HUB_URL, HUB_TOKEN_URL, HUB_CLIENT_ID, HUB_CLIENT_SECRET, DESK_STATE and what the department's adapter needs
(docs/configuration.md, docs/operating.md).`;

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const options = readArguments(args);
  if (options === null || options.help || options.department === undefined) {
    (options?.help === true ? say : complain)(HELP);
    return options?.help === true ? 0 : 2;
  }
  const found = await deployedDepartment(options.department);
  if (typeof found === 'string') return wrong([found]);
  const { department, createDesk } = found;
  if (createDesk === undefined)
    return wrong([`the system of ${department.slug} takes no referrals: the hub's API is the way`]);
  const own = readSettings(deskSettings, environment);
  const theirs = readSettings(found.settings, environment);
  const problems = startProblems(
    [
      { table: deskSettings, ...own },
      { table: found.settings, ...theirs },
    ],
    environment,
  );
  if (problems.length > 0) return wrong(problems);
  // Logs go to standard error where standard output is a report.
  const to = options.every === null ? process.stderr : process.stdout;
  const log = hubLog({ base: { desk: department.slug }, to });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
  const services = {
    hub: hubReferrals(own.values, { signal: stop.signal }),
    desk: createDesk(theirs.values, { log }),
    department: department.code,
    log,
  };
  try {
    if (options.reconcile) return await reconciled(services, options.repair);
    return await rounds(services, { every: options.every, settings: own.values, signal: stop.signal });
  } finally {
    await services.desk.close();
  }
}

interface RoundsOptions {
  /** Seconds; `null` = one round. */
  readonly every: number | null;
  readonly settings: Settings<typeof deskSettings>;
  readonly signal: AbortSignal;
}

async function rounds(
  services: DeskServices & { readonly log: pino.Logger },
  { every, settings: { DESK_STATE: file }, signal }: RoundsOptions,
): Promise<number> {
  const { department, log } = services;
  let state = readDeskState(file, department);
  const round = async () => {
    const done = await deskRound(services, { state, signal, keep: (next) => keepDeskState(file, next) });
    ({ state } = done);
    return done;
  };
  if (every === null) {
    const { delivered, answered, failures } = await round();
    for (const { source, code } of failures) complain(`${source}: ${code}`);
    say(JSON.stringify({ delivered, answered }));
    return failures.length === 0 ? 0 : 1;
  }
  log.info({ pid: process.pid }, 'the desk is open');
  const daily = async () => {
    const counts = await reconcile(services, {
      repair: true,
      report: (one) => log.warn({ ...one }, 'a referral is not in step'),
    });
    log.info({ ...counts }, 'reconciled');
  };
  await runDesk({ round, daily, everyMs: every * 1_000, log, signal });
  return 0;
}

async function reconciled(services: DeskServices, repair: boolean): Promise<number> {
  const counts: ReconcileCounts = await reconcile(services, {
    repair,
    report: (one) => say(JSON.stringify(one)),
    progress: (compared) => complain(`${compared} compared`),
  });
  say(JSON.stringify(counts));
  return counts.compared === counts.inStep ? 0 : 1;
}

function wrong(problems: readonly string[]): number {
  problems.forEach(complain);
  return 2;
}

const seconds = z.coerce.number().int().min(1).max(3_600);
const DEFAULT_EVERY_SECONDS = 15;

function readArguments(args: readonly string[]) {
  try {
    const options = {
      department: { type: 'string' },
      every: { type: 'string' },
      once: { type: 'boolean', default: false },
      reconcile: { type: 'boolean', default: false },
      repair: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    } as const;
    const { every, once, ...values } = parseArgs({ args: [...args], options }).values;
    if ([every !== undefined, once, values.reconcile].filter(Boolean).length > 1)
      throw new Error('--every, --once and --reconcile exclude each other');
    if (values.repair && !values.reconcile) throw new Error('--repair goes with --reconcile');
    const parsed = seconds.safeParse(every ?? DEFAULT_EVERY_SECONDS);
    if (!parsed.success) throw new Error('--every must be a whole number of seconds from 1 to 3600');
    return { ...values, every: once || values.reconcile ? null : parsed.data };
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return null;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  if (error instanceof SourceError && error.cause !== undefined) complain(JSON.stringify(causeForLog(error.cause)));
  process.exitCode = 1;
}
