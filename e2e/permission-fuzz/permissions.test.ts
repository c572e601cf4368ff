import { expect, test } from '@jest/globals';
import { openArena, type Way, WAYS } from './arena.ts';
import { checkPermissions } from './check-permissions.ts';
import { findingInWords } from './finding-in-words.ts';
import { makeWorld } from './world/make-world.ts';

/** The same world and operations each time; `npm run fuzz -- --what permissions` goes on from there. */
const SEED = 7;
const RUNS: Readonly<Record<Way, number>> = {
  'hub/process': 120,
  'apollo/process': 60,
  'hub/http': 60,
  'apollo/http': 40,
};

test('random callers see what the tables of domain.md let them see, and the audit names exactly that', async () => {
  const world = makeWorld(SEED);
  const arena = await openArena(world, WAYS);
  try {
    for (const [i, way] of WAYS.entries()) {
      const runs = RUNS[way];
      const seed = SEED + i;
      const { finding, ...counts } = await checkPermissions({ arena, world, ways: [way] }, { seed, runs });
      expect(finding && findingInWords(finding, { seed })).toBeNull();
      expect(counts.asked).toBeGreaterThan(runs / 2);
      expect(counts.shown).toBeGreaterThan(runs / 20);
    }
  } finally {
    await arena.close();
  }
}, 120_000);
