import { openArena, type Way, WAYS } from './arena.ts';
import { checkPermissions } from './check-permissions.ts';
import { findingInWords } from './finding-in-words.ts';
import { HELP, permissionOptions } from './options.ts';
import { makeWorld } from './world/make-world.ts';

/** `npm run fuzz -- --what permissions`: a world a round, without end or until something is shown that may not be; then 1. */
export async function fuzzPermissions(args: readonly string[]): Promise<number> {
  const { help, minutes, seed = Date.now() % 1_000_000, runs, path, way } = permissionOptions(args);
  if (help) {
    console.log(HELP);
    return 0;
  }
  const untilMs = Date.now() + minutes * 60_000;
  const ways = way === undefined ? WAYS : [way];
  let total = 0;
  for (let round = seed; Date.now() < untilMs; round += 1) {
    const { asked, words } = await oneWorld({ seed: round, runs, path, untilMs, ways });
    total += asked;
    if (words !== null) {
      console.log(words);
      return 1;
    }
  }
  console.log(`${total} operations, each in ${ways.length} ways, and nothing found`);
  return 0;
}

interface Round {
  readonly seed: number;
  readonly runs: number;
  readonly path: string;
  readonly untilMs: number;
  readonly ways: readonly Way[];
}

async function oneWorld({ ways, ...round }: Round): Promise<{ asked: number; words: string | null }> {
  const world = makeWorld(round.seed);
  const arena = await openArena(world, ways);
  try {
    const checked = await checkPermissions({ arena, world, ways }, round);
    const { finding, asked, shown, tooLarge, late, apollosErrors, bases } = checked;
    console.log(
      `world ${round.seed}: ${asked} operations agree, ${shown} show somebody, ${tooLarge} too large, ${late} late, ${apollosErrors} with errors of Apollo’s`,
    );
    console.log(`  by ${[...bases].map(([basis, times]) => `${basis} ${times}`).join(', ')}`);
    return { asked, words: finding && findingInWords(finding, round) };
  } finally {
    await arena.close();
  }
}
