import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Arena, openArena, type Way, WAYS } from './arena.ts';
import { checkDirected } from './check-directed.ts';
import { checkPermissions } from './check-permissions.ts';
import { findingInWords } from './finding-in-words.ts';
import { makeWorld } from './world/make-world.ts';

/** The same world and operations each time; `npm run fuzz -- --what permissions` goes on from there. In this world every rule can be met. */
const SEED = 2_236;
const RUNS: readonly (readonly [Way, number])[] = [
  ['hub/process', 80],
  ['apollo/process', 40],
  ['hub/http', 40],
  ['apollo/http', 30],
];
/** Some twenty seconds of work on a machine of its own. */
const TIMEOUT_MS = 240_000;

const world = makeWorld(SEED);
let arena: Arena;
beforeAll(async () => {
  arena = await openArena(world, WAYS);
}, TIMEOUT_MS);
afterAll(() => arena.close());

test.each(RUNS)(
  '%s: random callers see what the tables of domain.md let them see, and the audit names exactly that',
  async (way, runs) => {
    const { finding, ...counts } = await checkPermissions({ arena, world, ways: [way] }, { seed: SEED, runs });
    expect(finding && findingInWords(finding, { seed: SEED })).toBeNull();
    expect(counts.asked).toBeGreaterThan(runs);
    expect(counts.shown).toBeGreaterThan(runs / 10);
    // What was not answered whole says nothing.
    expect([counts.late < runs / 10, counts.tooLarge < runs / 5]).toEqual([true, true]);
  },
  TIMEOUT_MS,
);

test(
  'every rule of the tables of domain.md decides one of these answers at least, and each is as the tables say',
  async () => {
    const { finding, unmet, asked, tooLarge, late } = await checkDirected(
      { arena, world, ways: ['hub/process'] },
      SEED,
    );
    expect(finding && findingInWords(finding, { seed: SEED })).toBeNull();
    expect({ unmet, tooLarge, late }).toEqual({ unmet: [], tooLarge: 0, late: 0 });
    expect(asked).toBeGreaterThan(20);
  },
  TIMEOUT_MS,
);
