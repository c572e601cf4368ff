import { expect, test } from '@jest/globals';
import { checkDepartment } from './check-department.ts';
import { HOSTILE_DEPARTMENTS } from './departments.ts';
import { failureInWords } from './failure-in-words.ts';

const SEED = 7;
/** A file is written, packed and read for each attack on the drop folder. `npm run fuzz -- --what departments` makes 10,000 on each. */
const RUNS: Readonly<Record<string, number>> = { 'womens-federation': 300 };
const MOST_RUNS = 1_000;

test.each(HOSTILE_DEPARTMENTS.map((department) => [department.slug, department] as const))(
  'cases 45, 49 to 57: whatever %s answers, the hub has a coded error or rows of who was asked for',
  async (slug, department) => {
    const { failure, became, rows } = await checkDepartment(department, { seed: SEED, runs: RUNS[slug] ?? MOST_RUNS });
    expect(failure && failureInWords(failure, { slug, seed: SEED })).toBeNull();
    // What is always refused, or never, tries nothing.
    const { SOURCE_INVALID: refused = 0, 'set aside': setAside = 0, answered = 0 } = became;
    expect(Math.min(refused, setAside, answered)).toBeGreaterThan(10);
    expect(rows).toBeGreaterThan(500);
  },
  120_000,
);
