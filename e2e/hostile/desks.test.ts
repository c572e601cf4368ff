import { expect, test } from '@jest/globals';
import { checkDesk } from './check-desk.ts';
import { HOSTILE_DESKS } from './desks.ts';
import { failureInWords } from './failure-in-words.ts';

const SEED = 7;
/** `npm run fuzz -- --what departments` makes 10,000 on each. */
const RUNS = 600;

test.each(HOSTILE_DESKS.map((desk) => [desk.slug, desk] as const))(
  'cases 45, 49 to 57: whatever the desk of %s answers, the hub has a coded error or what was said of each referral',
  async (slug, desk) => {
    const { failure, became, rows } = await checkDesk(desk, { seed: SEED, runs: RUNS });
    expect(failure && failureInWords(failure, { slug: `${slug}-desk`, seed: SEED })).toBeNull();
    // What is always refused, or never, tries nothing.
    const { SOURCE_INVALID: refused = 0, 'set aside': setAside = 0, answered = 0 } = became;
    expect(Math.min(refused, setAside, answered)).toBeGreaterThan(10);
    expect(rows).toBeGreaterThan(300);
  },
  120_000,
);
