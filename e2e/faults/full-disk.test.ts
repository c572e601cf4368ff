/** A hub whose store has no room left. The shell's limit on the size of a file does it: nobody else's disk is filled. */
import { statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verifyAudit } from '../demo/audit-commands.ts';
import { BEGIN_EMERGENCY } from '../demo/queries.ts';
import { storyOf } from '../harness/care-seed.ts';
import { withToken } from '../harness/caller.ts';
import { expectNothingInside } from '../harness/expect-denied.ts';
import { hubArguments } from '../harness/hub-arguments.ts';
import type { HubAnswer } from '../harness/hub-client.ts';
import { readyUrl } from '../harness/programs.ts';
import { type RunningProcess, startProcess } from '../harness/start-process.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import { until } from '../harness/until.ts';

const BLOCK = 512;
const ROOM = 400_000;

let stack: Stack;
let hub: RunningProcess;
beforeAll(async () => {
  stack = await startStack();
  process.kill(stack.hubPid, 'SIGTERM');
  await until(async () =>
    fetch(stack.gateway).then(
      () => false,
      () => true,
    ),
  );
}, 120_000);
afterAll(async () => {
  await hub.end();
  await stack.close();
});

const started = async (under?: string) =>
  startProcess({
    arguments: hubArguments(),
    environment: { ...stack.environment, PORT: '0' },
    ready: readyUrl,
    ...(under !== undefined && { under }),
  });

test('cases 64 and 71: without room no data and a clear error; an emergency begins by the spool; with room all is there', async () => {
  const { id } = storyOf(stack.world, 'pupil-in-crisis');
  const { size } = statSync((stack.environment['STORE_URL'] ?? '').replace(/^sqlite:/, ''));
  hub = await started(`ulimit -f ${Math.ceil((size + ROOM) / BLOCK)}`);
  const token = await stack.signIn.signIn('health-worker');
  const ask = async () => withToken(hub.url, token).ask('query ($id: ID!) { person(id: $id) { id } }', { id });
  const refused = async (): Promise<HubAnswer> => {
    for (let asked = 0; asked < 2_000; asked += 1) {
      const answer = await ask();
      if (answer.status !== 200) return answer;
      expect(answer.data.person.id).toBe(id);
    }
    throw new Error('the disk was never full');
  };
  const answer = await refused();
  expect([answer.status, answer.data, answer.errors.map(({ extensions }) => extensions.code)]).toEqual([
    503,
    null,
    ['AUDIT_UNAVAILABLE'],
  ]);
  expectNothingInside(answer);
  expect((await ask()).data).toBeNull();

  const physician = await stack.signIn.signIn('hospital-worker', { scope: 'emergency:access' });
  const input = { idempotencyKey: 'full', personId: id, reason: '急诊：服药过量、意识不清，须立即核对在用药物与诊断' };
  const crisis = { purpose: 'CRISIS_RESPONSE' };
  const begun = await withToken(hub.url, physician).ask(BEGIN_EMERGENCY, { input }, crisis);
  expect(begun.data.beginEmergencyAccess).toMatchObject({ person: { id }, userErrors: [] });
  expect(await hub.end('SIGKILL')).not.toBe(0);

  hub = await started();
  const again = await ask();
  expect([again.status, again.data.person.id]).toEqual([200, id]);
  const seen = await withToken(hub.url, physician).ask('query ($id: ID!) { person(id: $id) { id } }', { id }, crisis);
  expect(seen.data).toEqual({ person: { id } });
  const { exitCode, stdout } = await verifyAudit(stack);
  expect([exitCode, stdout.includes('BAD')]).toEqual([0, false]);
}, 120_000);
