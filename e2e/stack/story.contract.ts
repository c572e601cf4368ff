import { expect, test } from '@jest/globals';
import { verifyAudit } from '../demo/audit-commands.ts';
import { check } from '../demo/show.ts';
import type { Step } from '../demo/step.ts';
import { STORY } from '../demo/story.ts';
import { AUDIT_STEP } from '../demo/trust-story.ts';
import { until } from '../harness/until.ts';
import type { Topology } from './start-topology.ts';

/** What a changed record is found by is `audit-mongodb.stack.ts`'s. */
const BOTH_CHAINS: Step = {
  ...AUDIT_STEP,
  en: 'The chains of both gateways verify',
  run: async (stack) => {
    let sound = await verifyAudit(stack);
    await until(async () => (sound = await verifyAudit(stack)).exitCode === 0).catch(() => undefined);
    check(sound.exitCode === 0, `verify must pass: ${sound.stdout}${sound.stderr}`);
    check(/gateway-1[^]*gateway-2/.test(sound.stdout), `both gateways have answered: ${sound.stdout}`);
    return [sound.stdout];
  },
};

/** A test a step, in their order. */
export function describeStory(topology: () => Topology): void {
  test.each(
    STORY.map((step) => (step === AUDIT_STEP ? BOTH_CHAINS : step)).map((step, i) => ({ ...step, number: i + 1 })),
  )(
    '$number: $en',
    async ({ run }) => {
      expect(await run(topology())).not.toEqual([]);
    },
    120_000,
  );
}
