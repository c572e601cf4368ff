import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { recordsIn } from '../../adapters/audit/audit.fixture.ts';
import { CRASHES } from '../../adapters/store/crash-count.ts';
import { linesUntilKilled } from '../../adapters/store/killed-process.fixture.ts';
import type { Store } from '../../adapters/store/port.ts';
import { walk } from '../../adapters/store/walk.ts';
import { persons } from '../person/person.ts';
import { feedLog } from './changes/feed.ts';
import { crashHub, lineSchema } from './crash-moves.fixture.ts';
import { referrals, type StoredReferral } from './referral.ts';

const folder = mkdtempSync(join(tmpdir(), 'referral-crashes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const mover = fileURLToPath(new URL('./crash-moves.fixture.ts', import.meta.url));

interface Acknowledged {
  readonly key: string;
  readonly id: string;
  readonly version: number;
}

/** What was acknowledged before the kill, and what was asked and not answered. */
async function moveAndKill(unanswered: string, lines: number) {
  const written = (await linesUntilKilled(mover, [folder, unanswered], lines)).map((line) =>
    lineSchema.parse(JSON.parse(line)),
  );
  const acknowledged = written.flatMap((line): Acknowledged[] =>
    'acknowledged' in line ? [{ key: line.acknowledged.input.idempotencyKey, id: line.id, version: line.version }] : [],
  );
  const last = written.at(-1);
  return { acknowledged, unanswered: last !== undefined && 'asked' in last ? JSON.stringify(last.asked) : '' };
}

/** Every version of every referral, each once. */
const versionsOf = (all: readonly StoredReferral[]) =>
  all.flatMap(({ id, version }) => Array.from({ length: version }, (_, i) => `${id} ${i + 1}`)).toSorted();

async function feedVersions(store: Store, feed: string): Promise<readonly string[]> {
  const entries = await store.readLog(feedLog(feed), { first: 1_000_000 });
  return entries.map(({ data }) => {
    const { referralId, version } = data as { referralId: string; version: number };
    return `${referralId} ${version}`;
  });
}

async function auditedVersions(store: Store): Promise<readonly string[]> {
  return (await recordsIn(store)).flatMap((record) =>
    record.kind === 'CHANGE' && record.collection === 'referral' ? [`${record.document} ${record.version}`] : [],
  );
}

/** All that was acknowledged stands, once; what was not is there whole or not at all. */
async function expectStands(acknowledged: readonly Acknowledged[]): Promise<void> {
  const { store, auditLog, relay, runJobs, close } = await crashHub(folder);
  try {
    await runJobs();
    await relay.close();
    const all: StoredReferral[] = [];
    for await (const one of walk(store, referrals, { index: 'byPerson', value: 'ward' })) all.push(one);
    const made = all.flatMap(({ id, data }) =>
      data.applied.map(({ key, version }) => ({ id, version, key: JSON.parse(key).at(-1).split(' ').at(-1) })),
    );
    // What was asked again after a kill was done once.
    expect(new Set(made.map(({ key }) => key)).size).toBe(made.length);
    const there = new Set(made.map(({ id, version, key }) => `${id} ${version} ${key}`));
    expect(acknowledged.filter(({ id, version, key }) => !there.has(`${id} ${version} ${key}`))).toEqual([]);
    for (const { version, data } of all) {
      expect(data.applied).toHaveLength(version);
      expect(data.history.map((one) => one.version)).toEqual(Array.from({ length: version }, (_, i) => i + 1));
    }
    const versions = versionsOf(all);
    for (const feed of ['organisation:school-7', 'department:EDUCATION', 'organisation:clinic', 'department:HEALTH'])
      expect((await feedVersions(store, feed)).toSorted()).toEqual(versions);
    expect((await auditedVersions(store)).toSorted()).toEqual(versions);
    const joined = all.filter(({ data }) => data.team.length > 0).map(({ id }) => id);
    const { careTeam = [] } = (await store.load(persons, 'ward'))?.data ?? {};
    const grounds = careTeam.map(({ ground }) => (ground.kind === 'REFERRAL' ? ground.referralId : ''));
    expect(grounds.toSorted()).toEqual(joined.toSorted());
  } finally {
    await auditLog.close();
    await close();
  }
}

test(
  `case 70: ${CRASHES} times kill -9 during moves: what was acknowledged stands, once, with its record and its place in the feeds`,
  async () => {
    const acknowledged: Acknowledged[] = [];
    let unanswered = '';
    for (let crash = 1; crash <= CRASHES; crash += 1) {
      const round = await moveAndKill(unanswered, 2 + ((crash * 7) % 40));
      ({ unanswered } = round);
      acknowledged.push(...round.acknowledged);
      expect(acknowledged.length).toBeGreaterThanOrEqual(crash);
      await expectStands(acknowledged);
    }
  },
  CRASHES * 20_000,
);
