/** A hub on a store that was saved while another hub worked on it. */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verifyAudit } from '../demo/audit-commands.ts';
import { PROFILE } from '../demo/queries.ts';
import { withToken, worker } from '../harness/caller.ts';
import { storyOf } from '../harness/care-seed.ts';
import type { HubAnswer } from '../harness/hub-client.ts';
import { startHubProcess } from '../harness/programs.ts';
import { runToEnd } from '../harness/run-to-end.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import type { RunningProcess } from '../harness/start-process.ts';
import { until } from '../harness/until.ts';

const program = (name: string) => fileURLToPath(new URL(`../../adapters/store/${name}/main.ts`, import.meta.url));

let stack: Stack;
let restored: RunningProcess | null = null;
beforeAll(async () => {
  stack = await startStack({ people: 40 });
}, 120_000);
afterAll(async () => {
  await restored?.end();
  await stack.close();
});

test('backup while a hub runs, restore, a second hub: it answers as the first, and its audit log has what the first one signed, and goes on', async () => {
  const { id } = storyOf(stack.world, 'pupil-in-crisis');
  const caseManager = await worker(stack, 'health-worker');
  const before = await caseManager.ask(PROFILE, { id });
  expect(before.errors).toEqual([]);
  const saved = join(stack.folder, 'saved-checkpoints.jsonl');
  await until(async () => existsSync(checkpointsOf(stack)));
  copyFileSync(checkpointsOf(stack), saved);
  const [file, place] = [join(stack.folder, 'saved.db'), `sqlite:${join(stack.folder, 'restored.db')}`];
  for (const [name, ...options] of [
    ['backup', '--to', file],
    ['restore', '--from', file, '--to', place],
  ] as const)
    expect(await runToEnd([program(name), ...options], stack.environment)).toMatchObject({ exitCode: 0 });
  const environment = {
    ...stack.environment,
    STORE_URL: place,
    AUDIT_CHECKPOINTS: `file:${join(stack.folder, 'restored-checkpoints.jsonl')}`,
    AUDIT_SPOOL: join(stack.folder, 'restored-spool.jsonl'),
  };
  restored = await startHubProcess(environment);
  const after = await withToken(restored.url, caseManager.token).ask(PROFILE, { id });
  expect([shown(after), after.errors]).toEqual([shown(before), []]);
  await restored.end();
  restored = null;
  // What the first hub signed is there, unchanged, and more behind it.
  const { exitCode, stdout } = await verifyAudit({
    ...stack,
    environment: { ...environment, AUDIT_CHECKPOINTS: `file:${saved}` },
  });
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^ok {3}audit:hub: ([2-9]|\d\d+) records, anchored/m)]);
}, 120_000);

/** All but when the departments were asked. */
const shown = ({ data }: HubAnswer) => JSON.stringify(data, (key, value: unknown) => (key === 'asOf' ? null : value));

const checkpointsOf = ({ environment }: Stack) => (environment['AUDIT_CHECKPOINTS'] ?? '').replace(/^file:/, '');
