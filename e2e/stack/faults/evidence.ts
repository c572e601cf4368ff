import { readRecords } from '../../../adapters/audit/cli/read-records.ts';
import {
  AUDIT_EVENT,
  AUDIT_LOG_PREFIX,
  CHANGES_WRITER,
  type ChainedRecord,
  chainedRecordSchema,
} from '../../../adapters/audit/port.ts';
import { eventsWait } from '../../../adapters/store/mongodb/waiting-events.fixture.ts';
import { openStoreToRead } from '../../../adapters/store/open-store.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { storeSettings } from '../../../adapters/store/settings.ts';
import { readSettings } from '../../../adapters/shared/settings.ts';
import { askHub } from '../../harness/hub-client.ts';
import { REFERRAL_CHANGES } from '../../harness/referral-operations.ts';
import { until } from '../../harness/until.ts';
import type { Topology } from '../start-topology.ts';
import type { Load } from './load.ts';

const SETTLED_WITHIN_MS = 120_000;
/** Of one start. */
const MOST_RECORDS = 100_000;
/** Of the outbox, as the subgraph of referrals names what its relay moves into the feeds. */
const FEED_EVENT = 'REFERRAL_CHANGE';
const CHANGES_CHAIN = `${AUDIT_LOG_PREFIX}${CHANGES_WRITER}`;

/** What became of what was acknowledged. */
export interface Evidence {
  /** Acknowledged changes that stand in no feed or have no audit record, and answers without a record. */
  readonly lost: readonly string[];
  /** Changes that stand in a feed more than once or have more than one record, and answers with more than one record. */
  readonly twice: readonly string[];
}

export interface Place {
  /** Of the clinic's feed; `null` = its beginning. */
  readonly feed: string | null;
  /** Of the chain of changes. */
  readonly audited: number;
}

/** Where the feed and the audit log of changes end, for what comes after it. */
export async function ends(topology: Topology, token: string): Promise<Place> {
  const { cursor } = await changesAfter(topology, { token, after: null });
  const last = await readingStore(topology, async (store) => store.lastOfLog(CHANGES_CHAIN));
  return { feed: cursor, audited: last?.sequence ?? 0 };
}

/** Waits until the relays have brought what was acknowledged, and looks what is missing and what is there too often. */
export async function evidenceOf(
  topology: Topology,
  { load, from, token }: { load: Load; from: Place; token: string },
): Promise<Evidence> {
  let fed: readonly string[] | null = null;
  const look = async () => {
    const { changes } = await changesAfter(topology, { token, after: from.feed });
    fed = changes;
    const audited = await auditedChanges(topology, from.audited);
    return load.changes.every((change) => changes.includes(change) && audited.includes(change));
  };
  await until(async () => look().catch(() => false), { withinMs: SETTLED_WITHIN_MS, everyMs: 500 }).catch(
    () => undefined,
  );
  if (fed === null) throw new Error(`the feed was not answered for ${SETTLED_WITHIN_MS / 1_000} s`);
  return evidenceIn(load, { fed, ...(await recordsOf(topology)) });
}

/** Whether no event of a change waits for the feed or the audit log, claimed or not. */
export async function nothingWaits(topology: Topology): Promise<boolean> {
  const { STORE_URL: address, STORE_PASSWORD: password } = readSettings(storeSettings, topology.environment).values;
  if (address.engine !== 'mongodb') throw new Error('the faults are tried on MongoDB');
  return !(await eventsWait({ ...address, password }, [AUDIT_EVENT, FEED_EVENT]));
}

/** The same of all that was acknowledged since `from`, whenever it came. */
export async function evidenceOfAll(
  topology: Topology,
  { loads, from, token }: { loads: readonly Load[]; from: Place; token: string },
): Promise<Evidence> {
  const fed = (await changesAfter(topology, { token, after: from.feed })).changes;
  const all = { changes: loads.flatMap(({ changes }) => changes), traces: loads.flatMap(({ traces }) => traces) };
  return evidenceIn(all, { fed, ...(await recordsOf(topology)) });
}

function evidenceIn(
  acknowledged: Pick<Load, 'changes' | 'traces'>,
  { fed, byTrace, changes }: { fed: readonly string[] } & Awaited<ReturnType<typeof recordsOf>>,
): Evidence {
  const missing = (there: readonly string[]) => acknowledged.changes.filter((change) => !there.includes(change));
  return {
    lost: [...missing(fed), ...missing(changes), ...acknowledged.traces.filter((trace) => !byTrace.has(trace))],
    // What is in the feed and was never acknowledged under its key is a second one.
    twice: [
      ...repeated(fed),
      ...repeated(changes),
      ...fed.filter((change) => !acknowledged.changes.includes(change)),
      ...acknowledged.traces.filter((trace) => (byTrace.get(trace) ?? 0) > 1),
    ],
  };
}

async function changesAfter(
  { gateway }: Topology,
  { token, after }: { token: string; after: string | null },
): Promise<{ changes: readonly string[]; cursor: string | null }> {
  const changes: string[] = [];
  for (let cursor = after; ;) {
    const { data, errors } = await askHub(gateway, {
      token,
      query: REFERRAL_CHANGES,
      variables: { after: cursor },
      purpose: 'REFERRAL',
    });
    if (data === null) throw new Error(`the feed is not answered: ${JSON.stringify(errors)}`);
    const { edges, pageInfo } = data.referralChanges;
    changes.push(
      ...edges.map(
        ({ node }: { node: { referralId: string; version: number } }) => `${node.referralId} ${node.version}`,
      ),
    );
    cursor = pageInfo.endCursor ?? cursor;
    if (!pageInfo.hasNextPage) return { changes, cursor };
  }
}

/** Changes of referrals of which a record stands behind this place of the chain of changes. */
async function auditedChanges(topology: Topology, after: number): Promise<readonly string[]> {
  const entries = await readingStore(topology, async (store) =>
    store.readLog(CHANGES_CHAIN, { after, first: MOST_RECORDS }),
  );
  return entries.flatMap(({ data }) => changeIn(chainedRecordSchema.parse(data)));
}

/** Of all chains: how many records there are of each request, by its trace, and the changes, as often as a record says so. */
async function recordsOf(topology: Topology) {
  const byTrace = new Map<string, number>();
  const changes: string[] = [];
  await readingStore(topology, async (store) => {
    for await (const { chained } of readRecords(store, { from: null, to: null })) {
      changes.push(...changeIn(chained));
      if (chained.record.kind !== 'REQUEST' || chained.record.trace === null) continue;
      byTrace.set(chained.record.trace, (byTrace.get(chained.record.trace) ?? 0) + 1);
    }
  });
  return { byTrace, changes };
}

const changeIn = ({ record }: ChainedRecord): readonly string[] =>
  record.kind === 'CHANGE' && record.collection === 'referral' ? [`${record.document} ${record.version}`] : [];

async function readingStore<T>({ environment }: Topology, read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStoreToRead(readSettings(storeSettings, environment).values);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

const repeated = (all: readonly string[]): readonly string[] => all.filter((one, i) => all.indexOf(one) !== i);
