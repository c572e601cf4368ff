import { checkFaults } from './check-faults.ts';
import { checkOperations } from './check-operations.ts';
import { CONTESTS, openContest } from './open-contest.ts';
import { fuzzOptions, HELP } from './options.ts';
import { failureInWords, faultInWords } from './failure-in-words.ts';

interface Round {
  readonly contest: string;
  readonly seed: number;
  readonly runs: number;
  readonly path: string;
  readonly untilMs: number;
}

const KINDS = ['operations', 'permissions', 'faults'] as const;

type Kind = (typeof KINDS)[number];

async function operations(only: Kind, { contest: name, ...round }: Round): Promise<string | null> {
  const contest = await openContest(name, round);
  try {
    const { failure, ...counts } = await checkOperations(contest, {
      ...round,
      permissions: only === 'permissions',
    });
    console.log(
      `${name} seed ${round.seed} ${only}: ${counts.agreed} agree, ${counts.oracleWrong} where the oracle is wrong`,
    );
    return failure && failureInWords(failure, { contest: name, seed: round.seed, only });
  } finally {
    await contest.stop();
  }
}

async function faults({ contest, ...round }: Round): Promise<string | null> {
  // Only made-up answers say whose they are.
  if (!contest.endsWith('/mocked')) return null;
  const { failure, met } = await checkFaults(contest, round);
  console.log(`${contest} seed ${round.seed}: ${met} spoilt answers`);
  return failure && faultInWords(failure, { contest, seed: round.seed, only: 'faults' });
}

/** `npm run fuzz -- --what engine`: operations and faults without end, or until something is wrong; then 1. */
export async function fuzzEngine(args: readonly string[]): Promise<number> {
  const { help, minutes, seed = Date.now() % 1_000_000, contest, only, runs, path } = fuzzOptions(args);
  if (help) {
    console.log(HELP);
    return 0;
  }
  const untilMs = Date.now() + minutes * 60_000;
  console.log(`seed ${seed}`);
  const contests = contest === undefined ? CONTESTS : [contest];
  for (let round = seed; Date.now() < untilMs; round += 1)
    for (const name of contests) {
      const todo = { contest: name, seed: round, runs, path, untilMs };
      let failure: string | null = null;
      for (const kind of only === undefined ? KINDS : [only])
        failure ??= await (kind === 'faults' ? faults(todo) : operations(kind, todo));
      if (failure !== null) {
        console.log(failure);
        return 1;
      }
      if (Date.now() >= untilMs) break;
    }
  return 0;
}
