/** Hubs of two versions on one database, each a process of its own, while one release takes the place of another. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { type MongodbUnderTest, mongodbUnderTest } from '../adapters/store/mongodb/mongodb-under-test.fixture.ts';
import { openStoreToRead } from '../adapters/store/open-store.ts';
import { storeSettings } from '../adapters/store/settings.ts';
import { readSettings } from '../adapters/shared/settings.ts';
import { storyOf } from '../e2e/harness/care-seed.ts';
import { hubArguments } from '../e2e/harness/hub-arguments.ts';
import { HUB, readyUrl } from '../e2e/harness/programs.ts';
import { consent, create, look, move, type Shown, type Who } from '../e2e/harness/referral-client.ts';
import { runToEnd } from '../e2e/harness/run-to-end.ts';
import { type RunningProcess, startProcess } from '../e2e/harness/start-process.ts';
import { type Stack, startStack } from '../e2e/harness/start-stack.ts';
import { until } from '../e2e/harness/until.ts';
import { referrals } from '../subgraphs/referral/referral.ts';

const KNOWN_VERSION = new URL('../subgraphs/referral/known-store-version.fixture.ts', import.meta.url);
const COUNSELLOR: Who = { login: 'school-counsellor' };
const CLINIC: Who = { login: 'clinic-worker' };
const CLINIC_ID = 'district-mental-health-centre';

let database: MongodbUnderTest;
/** The stack as a hub of version 1 serves it, and as one of version 2 does. */
let old: Stack;
let fresh: Stack;
const lines: string[] = [];
const running: RunningProcess[] = [];
/** Made while there was only the first. */
let before: Shown;

beforeAll(async () => {
  database = await mongodbUnderTest();
  const environment = {
    NODE_OPTIONS: `--import ${KNOWN_VERSION.href}`,
    KNOWN_STORE_VERSION: '1',
    AUDIT_WRITER: 'version-1',
    STORE_URL: database.newUrl(),
  };
  old = await startStack({ small: true, environment });
  const categories = ['education:assessment'];
  const personId = storyOf(old.world, 'pupil-in-crisis').id;
  await consent(old, { personId, organisation: CLINIC_ID, department: 'HEALTH', categories }, 'child', 'mother');
  before = await refer(old);
  fresh = await hubOf(2);
}, 300_000);
afterAll(async () => {
  for (const hub of running) await hub.end();
  await old?.close();
  await database?.close();
}, 60_000);

const environmentOf = (version: number) => ({
  ...old.environment,
  PORT: '0',
  KNOWN_STORE_VERSION: String(version),
  AUDIT_WRITER: `version-${version}`,
  AUDIT_CHECKPOINTS: `file:${join(old.folder, `checkpoints-${version}.jsonl`)}`,
  AUDIT_SPOOL: join(old.folder, `spool-${version}.jsonl`),
});

async function hubOf(version: number): Promise<Stack> {
  const hub = await startProcess({
    arguments: hubArguments('start:small'),
    environment: environmentOf(version),
    ready: readyUrl,
    heard: (line) => lines.push(line),
  });
  running.push(hub);
  return { ...old, gateway: hub.url, hubPid: hub.pid };
}

/** What a hub of this version says that is refused by the store. */
async function refused(version: number): Promise<string> {
  const { exitCode, stdout, stderr } = await runToEnd([HUB], environmentOf(version));
  expect([exitCode, stdout]).toEqual([1, expect.not.stringContaining('the hub is ready')]);
  return stderr;
}

async function refer(hub: Stack): Promise<Shown> {
  return create(hub, COUNSELLOR, {
    kind: 'SERVICE',
    personId: storyOf(hub.world, 'pupil-in-crisis').id,
    target: { organisation: CLINIC_ID },
    reasonCode: 'MOOD',
  });
}

/** Each changes what the other has written, and says what came of it. */
async function expectInTurns(hub: Stack, other: Stack): Promise<void> {
  const referral = await refer(hub);
  const accepted = await move(other, CLINIC, 'acceptReferral', { referral });
  const started = await move(hub, CLINIC, 'startReferral', { referral: accepted });
  expect(started.version).toBe(3);
  for (const one of [hub, other]) expect(await look(one, COUNSELLOR, referral.id)).toMatchObject(started);
}

/** How many referrals are found by what version 2 brought. */
async function countedByClock(): Promise<number> {
  const store = await openStoreToRead(readSettings(storeSettings, old.environment).values);
  try {
    const counts = await store.countBy(referrals, 'byClockDue');
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  } finally {
    await store.close();
  }
}

const FILLED = ['indexes are being filled', 'indexes are filled'];
const filling = () => lines.flatMap((line) => FILLED.filter((text) => line.includes(`"${text}"`)));

test('the old one and the new one answer and write side by side, and nothing is brought to the new version', async () => {
  await expectInTurns(old, fresh);
  await expectInTurns(fresh, old);
  expect(await look(fresh, CLINIC, before.id)).toMatchObject({ state: 'REQUESTED', version: 1 });
  expect(filling()).toEqual([]);
}, 60_000);

test('a version after that, which the old one could not read, is refused while it runs', async () => {
  expect(await refused(3)).toMatch(
    /a hub of version 1 is running on it.*version 3.*bring every hub to version 2 first/,
  );
  expect(await look(old, CLINIC, before.id)).toMatchObject({ version: 1 });
}, 60_000);

test('when the old one has gone, the new one fills the index that it lacked, once, and changes no referral', async () => {
  const counted = await countedByClock();
  process.kill(old.hubPid, 'SIGTERM');
  await until(async () => filling().length === FILLED.length, { withinMs: 60_000 });
  expect(filling()).toEqual(FILLED);
  expect(await countedByClock()).toBeGreaterThan(counted);
  expect(await look(fresh, CLINIC, before.id)).toMatchObject({ version: 1 });
}, 90_000);

test('once the data are of the version after, the old one is refused and the one between goes on', async () => {
  const third = await hubOf(3);
  expect(await refused(1)).toMatch(/data are version 3, .*version 2 or later; this hub is version 1/);
  await expectInTurns(fresh, third);
}, 60_000);
