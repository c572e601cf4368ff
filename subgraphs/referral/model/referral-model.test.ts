import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { creating } from './create.model.ts';
import { moving } from './move.model.ts';
import { expectWhole, setUp } from './real.model.ts';
import { HAPPENINGS } from './world.model.ts';

/** More in `npm run test:faults`; a seed that failed is given back in XINQIAO_MODEL_SEED. */
const RUNS = Number(process.env.XINQIAO_MODEL_RUNS ?? 15);
const SEED = process.env.XINQIAO_MODEL_SEED;
const STEPS = 300;
/** Four of them are creations, sixteen moves. */
const COMMANDS = [
  ...Array.from({ length: 4 }, () => creating),
  ...Array.from({ length: 16 }, () => moving),
  ...HAPPENINGS,
];

test(
  'whoever moves whatever, whenever it dies and whatever the clock says, the loop is as the reference has it',
  async () => {
    expect.hasAssertions();
    let steps = 0;
    const commands = fc.commands(COMMANDS, { maxCommands: STEPS, size: 'max' });
    await fc.assert(
      fc.asyncProperty(commands, async (run) => {
        const { model, real } = await setUp();
        try {
          await fc.asyncModelRun(() => ({ model, real }), run);
          await expectWhole(model, real);
          steps += [...run].length;
        } finally {
          await real.hub.close();
        }
      }),
      { numRuns: RUNS, unbiased: true, ...(SEED !== undefined && { seed: Number(SEED) }) },
    );
    expect(steps).toBeGreaterThan(RUNS * 20);
  },
  RUNS * 30_000,
);
