/**
 * The order of Jest's suites. On a clean checkout Jest knows of no suite how long it takes, and begins with the largest
 * files: a small one that starts a dozen programs then comes last, and all wait for it.
 */
import TestSequencer from '@jest/test-sequencer';

/** By how long they take; what is not named comes after these, in Jest's own order. */
const FIRST = [/several-machines\.stack\.ts$/, /\.stack\.ts$/, /\/e2e\//];

type Tests = Parameters<TestSequencer['sort']>[0];

// oxlint-disable-next-line import/no-default-export -- Jest takes a module's default.
export default class LongestFirst extends TestSequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const sorted = await super.sort(tests);
    return sorted.toSorted((a, b) => rank(a.path) - rank(b.path));
  }
}

function rank(path: string): number {
  const at = FIRST.findIndex((pattern) => pattern.test(path));
  return at === -1 ? FIRST.length : at;
}
