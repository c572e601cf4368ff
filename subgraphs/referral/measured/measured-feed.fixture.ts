/**
 * Who was away catches up with the change feed. Test support; as a program (arguments: folder, how many changes) it prints
 * the figures.
 */
import { join } from 'node:path';
import { fillStore } from '../../../adapters/store/sqlite/fill-store.fixture.ts';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import { silentLog } from '../../shared/log.ts';
import { changedTo } from '../changes/changes.fixture.ts';
import { referralChangeRelay } from '../changes/referral-change-relay.ts';
import { at, type Hub, referralHub } from '../referral.fixture.ts';
import { type Taken, timed } from './timed.fixture.ts';

export interface FeedFigures {
  readonly changes: number;
  /** From the outbox into the feeds of both sides, as after a relay that was away. */
  readonly relayed: Taken;
  /** From the first page to the last, by the API. */
  readonly read: Taken;
  readonly pages: number;
}

const FIRST = 100;
const CHANGES = `query ($after: String) { referralChanges(first: ${FIRST}, after: $after) {
  edges { node { id referralId kind change step state version at } } pageInfo { hasNextPage endCursor } } }`;

/** Throws where a change is missing, comes twice or out of its order. */
export async function measuredFeed({ folder, changes }: { folder: string; changes: number }): Promise<FeedFigures> {
  const file = join(folder, 'feed.db');
  await fillStore(file, async (store) => {
    for (let n = 0; n < changes; n += 1) await changedTo(store, { referralId: `referral-${n}`, version: 1 });
  });
  const relayed = await relay(file);
  const hub = await referralHub({ file });
  try {
    const came: string[] = [];
    let pages = 0;
    const read = await timed(async () => {
      pages = await readAll(hub, came);
    });
    const wrong = came.length === changes ? came.findIndex((id, n) => id !== `referral-${n}`) : came.length;
    if (wrong >= 0) throw new Error(`the feed is not what happened: ${came.length} of ${changes}, wrong at ${wrong}`);
    return { changes, relayed, read, pages };
  } finally {
    await hub.close();
  }
}

async function relay(file: string): Promise<Taken> {
  const store = openSqliteStore({ file });
  const { run, close } = referralChangeRelay({ store, log: silentLog, every: () => () => {} });
  const taken = await timed(run);
  await close();
  await store.close();
  return taken;
}

/** How many pages it took. */
async function readAll({ ask }: Hub, came: string[]): Promise<number> {
  const asking = at('health-commission', { client: 'health-system', roles: ['department-system'] });
  let pages = 0;
  for (let after: string | null = null, more = true; more; pages += 1) {
    const { data, codes } = await ask(CHANGES, { after }, asking);
    if (data?.referralChanges == null) throw new Error(JSON.stringify(codes));
    const { edges, pageInfo } = data.referralChanges;
    for (const { node } of edges) came.push(node.referralId);
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  return pages;
}

if (import.meta.main) {
  const [folder = '.', changes] = process.argv.slice(2);
  console.log(JSON.stringify(await measuredFeed({ folder, changes: Number(changes) })));
}
