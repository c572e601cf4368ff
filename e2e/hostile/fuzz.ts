import { HOSTILE_PARTS } from './parts.ts';
import { failureInWords } from './failure-in-words.ts';
import { HELP, hostileOptions } from './options.ts';

/**
 * `npm run fuzz -- --what departments`: departments answer what they like, for one round or until the time is over, or
 * until a claim does not hold; then 1.
 */
export async function fuzzDepartments(args: readonly string[]): Promise<number> {
  const { help, minutes, seed = Date.now() % 1_000_000, only, runs, path } = hostileOptions(args);
  if (help) {
    console.log(HELP);
    return 0;
  }
  const untilMs = minutes === undefined ? Infinity : Date.now() + minutes * 60_000;
  console.log(`seed ${seed}`);
  const parts = HOSTILE_PARTS.filter(({ name }) => only === undefined || name === only);
  const lastRound = minutes === undefined ? seed : Infinity;
  for (let round = seed; round <= lastRound && Date.now() < untilMs; round += 1)
    for (const { name, check } of parts) {
      const heard = (attacks: number) => console.log(`${name} seed ${round}: ${attacks} of ${runs} attacks`);
      const { became, rows, failure } = await check({ seed: round, runs, path, untilMs, heard });
      const counts = Object.entries(became).map(([what, count]) => `${count} ${what}`);
      console.log(`${name} seed ${round}: ${counts.join(', ')}; ${rows} rows`);
      if (failure !== null) {
        console.log(failureInWords(failure, { slug: name, seed: round }));
        return 1;
      }
      if (Date.now() >= untilMs) {
        console.log(`the time is over: this round came as far as ${name}`);
        break;
      }
    }
  return 0;
}
