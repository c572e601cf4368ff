import { readRecords } from '../../../adapters/audit/cli/read-records.ts';
import { openStoreToRead } from '../../../adapters/store/open-store.ts';
import { storeSettings } from '../../../adapters/store/settings.ts';
import { readSettings } from '../../../adapters/shared/settings.ts';
import { askHub } from '../../harness/hub-client.ts';
import { REFERRAL_CHANGES } from '../../harness/referral-operations.ts';
import { until } from '../../harness/until.ts';
import type { Topology } from '../start-topology.ts';
import type { Load } from './load.ts';

const SETTLED_WITHIN_MS = 120_000;

/** What became of what was acknowledged. */
export interface Evidence {
  /** Acknowledged changes that stand in no feed, and answers without a record. */
  readonly lost: readonly string[];
  /** Changes that stand in a feed more than once, and answers with more than one record. */
  readonly twice: readonly string[];
}

interface Place {
  /** Of the clinic's feed; `null` = its beginning. */
  readonly feed: string | null;
}

/** The end of the feed, for what comes after it. */
export async function feedEnd(topology: Topology, token: string): Promise<Place> {
  return { feed: (await changesAfter(topology, { token, after: null })).cursor };
}

/** Waits until the relay has brought what was acknowledged, and looks what is missing and what is there too often. */
export async function evidenceOf(
  topology: Topology,
  { load, from, token }: { load: Load; from: Place; token: string },
): Promise<Evidence> {
  let fed: readonly string[] | null = null;
  const missing = () => load.changes.filter((change) => fed?.includes(change) !== true);
  const look = async () => {
    fed = (await changesAfter(topology, { token, after: from.feed })).changes;
    return missing().length === 0;
  };
  await until(async () => look().catch(() => false), { withinMs: SETTLED_WITHIN_MS, everyMs: 500 }).catch(
    () => undefined,
  );
  if (fed === null) throw new Error(`the feed was not answered for ${SETTLED_WITHIN_MS / 1_000} s`);
  const seen: readonly string[] = fed;
  const records = await recordsByTrace(topology);
  return {
    lost: [...missing(), ...load.traces.filter((trace) => !records.has(trace))],
    // What is in the feed and was never acknowledged under its key is a second one.
    twice: [
      ...repeated(seen),
      ...seen.filter((change) => !load.changes.includes(change)),
      ...load.traces.filter((trace) => (records.get(trace) ?? 0) > 1),
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

/** Requests by their trace → how many records there are of them. */
async function recordsByTrace({ environment }: Topology): Promise<ReadonlyMap<string, number>> {
  const store = await openStoreToRead(readSettings(storeSettings, environment).values);
  const counts = new Map<string, number>();
  try {
    for await (const { chained } of readRecords(store, { from: null, to: null })) {
      if (chained.record.kind !== 'REQUEST' || chained.record.trace === null) continue;
      counts.set(chained.record.trace, (counts.get(chained.record.trace) ?? 0) + 1);
    }
  } finally {
    await store.close();
  }
  return counts;
}

const repeated = (all: readonly string[]): readonly string[] => all.filter((one, i) => all.indexOf(one) !== i);
