/**
 * The order of Jest's suites. On a clean checkout Jest knows of no suite how long it takes, and begins with the largest
 * files: a small one that starts a dozen programs then comes last, and all wait for it.
 */
import TestSequencer from '@jest/test-sequencer';

/** By how long they take; what is not named comes after these, in Jest's own order. */
const FIRST = [/several-machines.*\.stack\.ts$/, /\.stack\.ts$/, /\/e2e\//, /new-department|crashes|model\.test/];
/** So much of the others stands between them: the last of those that take long must not be the last of all. */
const BETWEEN = 0.8;

type Tests = Parameters<TestSequencer['sort']>[0];

// oxlint-disable-next-line import/no-default-export -- Jest takes a module's default.
export default class LongestFirst extends TestSequencer {
  /** Those that start programs wait for them, the others only calculate: in turns they leave no core idle. */
  override async sort(tests: Tests): Promise<Tests> {
    const sorted = (await super.sort(tests)).toSorted((a, b) => rank(a.path) - rank(b.path));
    const long = sorted.filter(({ path }) => rank(path) < FIRST.length);
    const short = sorted.slice(long.length);
    const each = long.length === 0 ? 0 : Math.floor((short.length * BETWEEN) / long.length);
    const inTurns = long.flatMap((one, i) => [one, ...short.slice(i * each, (i + 1) * each)]);
    return [...inTurns, ...short.slice(long.length * each)];
  }
}

function rank(path: string): number {
  const at = FIRST.findIndex((pattern) => pattern.test(path));
  return at === -1 ? FIRST.length : at;
}
