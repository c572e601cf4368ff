/** Referrals into the departments' own systems and their answers back, with everything in processes of its own. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { storyOf } from '../harness/care-seed.ts';
import { consent, create, look, type Who } from '../harness/referral-client.ts';
import { runToEnd } from '../harness/run-to-end.ts';
import { startProcess } from '../harness/start-process.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import { until } from '../harness/until.ts';

const DESK = fileURLToPath(new URL('../../subgraphs/referral/desk/main.ts', import.meta.url));
/** Who refers to whom. */
const WAYS = [
  { slug: 'education', requester: 'health-system', organisation: 'education-bureau' },
  { slug: 'health', requester: 'education-system', organisation: 'district-mental-health-centre' },
  { slug: 'civil-affairs', requester: 'education-system', organisation: 'child-protection-centre' },
] as const;

let stack: Stack;
let pupil: ReturnType<typeof storyOf>;
beforeAll(async () => {
  stack = await startStack();
  pupil = storyOf(stack.world, 'pupil-in-crisis');
}, 60_000);
afterAll(() => stack.close());

function environmentOf(slug: string, state = `desk-${slug}.json`): Readonly<Record<string, string>> {
  const client = stack.signIn.clients.find(({ clientId }) => clientId === `${slug}-system`);
  return {
    ...stack.systems.settings,
    HUB_URL: stack.gateway,
    HUB_TOKEN_URL: `${stack.signIn.issuer}/protocol/openid-connect/token`,
    HUB_CLIENT_ID: `${slug}-system`,
    HUB_CLIENT_SECRET: client?.clientSecret ?? '',
    DESK_STATE: join(stack.folder, state),
  };
}

/** Consent, then a referral that has not been answered. */
async function referred({ slug, requester, organisation }: (typeof WAYS)[number]): Promise<string> {
  const department = slug.toUpperCase().replace('-', '_');
  const terms = { personId: pupil.id, organisation, department, categories: ['education:enrolment'] };
  await consent(stack, terms, 'child', 'mother');
  const input = {
    kind: 'SERVICE',
    personId: pupil.id,
    target: { organisation },
    reasonCode: 'MOOD',
    reason: '只给双方看的理由',
    categories: [],
  };
  return (await create(stack, { client: requester }, input)).id;
}

describe.each(WAYS)('$slug', ({ slug, requester, organisation }) => {
  const from: Who = { client: requester };
  let id: string;
  const desk = async (...options: string[]) => {
    const { exitCode, stdout, stderr } = await runToEnd([DESK, '--department', slug, ...options], environmentOf(slug));
    const lines = stdout.trim().split('\n').filter(Boolean);
    return { exitCode, stderr, lines: lines.map((line) => JSON.parse(line)) };
  };
  const stateOf = async () => (await look(stack, from, id))?.state;
  const held = async () =>
    (await stack.systems.referrals(slug)).filter(({ referralId }) => referralId === id).map(({ taken }) => taken);

  beforeAll(async () => {
    id = await referred({ slug, requester, organisation } as (typeof WAYS)[number]);
  });

  test('what is not there yet is found missing, by exit code and by a line', async () => {
    const { exitCode, lines } = await desk('--reconcile');
    expect(exitCode).toBe(1);
    expect(lines).toMatchObject([
      { referralId: id, findings: ['MISSING'] },
      { compared: 1, MISSING: 1 },
    ]);
  });

  test('one round delivers it, without the reason and without whom it is about', async () => {
    expect(await desk('--once')).toMatchObject({ exitCode: 0, lines: [{ delivered: 1, answered: 0 }] });
    const [taken = '', ...more] = await held();
    expect(more).toEqual([]);
    expect(taken).toContain('MOOD');
    expect(taken).not.toMatch(/只给双方看的理由/);
    for (const localId of pupil.person.localIds[slug]) expect(taken).not.toContain(localId);
  });

  test('taken up there, it is taken up at the hub, and the department is told its own number of the pupil', async () => {
    await stack.systems.answer(slug, id, { state: 'IN_PROGRESS' });
    expect(await desk('--once')).toMatchObject({ exitCode: 0, lines: [{ delivered: 1, answered: 1 }] });
    expect(await stateOf()).toBe('IN_PROGRESS');
    const [taken = ''] = await held();
    for (const localId of pupil.person.localIds[slug]) expect(taken).toContain(localId);
    expect(await desk('--reconcile')).toMatchObject({ exitCode: 0, lines: [{ compared: 1, inStep: 1 }] });
  });

  test('while the department is down a round says so and loses nothing; a repair brings the answer back', async () => {
    await stack.systems.answer(slug, id, { state: 'COMPLETED', outcome: 'SERVED', text: '建议每月随访' });
    await stack.systems.break(slug, 'down');
    expect(await desk('--once')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('SOURCE_UNAVAILABLE') });
    await stack.systems.break(slug, null);
    expect((await desk('--reconcile')).lines).toMatchObject([{ findings: ['ANSWERED_THERE'] }, { inStep: 0 }]);
    expect(await desk('--reconcile', '--repair')).toMatchObject({ exitCode: 0, lines: [{ inStep: 1 }] });
    expect(await look(stack, from, id)).toMatchObject({ state: 'COMPLETED', advice: '建议每月随访' });
    expect(await held()).toHaveLength(1);
  });
});

test('killed at any time and started again, even without its state, the desk loses nothing and does nothing twice', async () => {
  const [way] = WAYS;
  const start = async (state: string) =>
    startProcess({
      arguments: [DESK, '--department', way.slug, '--every', '1'],
      environment: environmentOf(way.slug, state),
      ready: (line) => (line.includes('the desk is open') ? 'open' : null),
    });
  const first = await start('killed.json');
  const id = await referred(way);
  const held = async () => (await stack.systems.referrals(way.slug)).filter(({ referralId }) => referralId === id);
  await until(async () => (await held()).length > 0);
  await stack.systems.answer(way.slug, id, { state: 'IN_PROGRESS' });
  await first.end('SIGKILL');
  const second = await start('anew.json');
  const from: Who = { client: way.requester };
  await until(async () => (await look(stack, from, id))?.state === 'IN_PROGRESS');
  expect(await second.end('SIGTERM')).toBe(0);
  expect(await held()).toHaveLength(1);
  expect((await look(stack, from, id))?.version).toBe(3);
});
