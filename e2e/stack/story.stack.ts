import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verifyAudit } from '../demo/audit-commands.ts';
import { check } from '../demo/show.ts';
import type { Step } from '../demo/step.ts';
import { STORY } from '../demo/story.ts';
import { AUDIT_STEP } from '../demo/trust-story.ts';
import { until } from '../harness/until.ts';
import { startTopology, type Topology } from './start-topology.ts';

let topology: Topology;
beforeAll(async () => {
  topology = await startTopology({ say: (line) => void process.stderr.write(`${line}\n`) });
}, 300_000);
afterAll(async () => topology?.close());

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

test.each(
  STORY.map((step) => (step === AUDIT_STEP ? BOTH_CHAINS : step)).map((step, i) => ({ ...step, number: i + 1 })),
)(
  'the story on several machines, $number: $en',
  async ({ run }) => {
    expect(await run(topology)).not.toEqual([]);
  },
  120_000,
);
