/**
 * Changes told to many receivers of which some hang, and to the others alone. Test support; as a program (arguments:
 * folder, rounds) it prints the figures.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { testVault } from '../../../adapters/vault/vault.fixture.ts';
import { parseRange } from '../../../adapters/webhooks/address-rules.ts';
import { httpWebhookSender } from '../../../adapters/webhooks/http-webhook-sender.ts';
import type { Caller } from '../../shared/caller.ts';
import { silentLog } from '../../shared/log.ts';
import { callerOf, changedTo } from '../changes/changes.fixture.ts';
import { referralChangeRelay } from '../changes/referral-change-relay.ts';
import { registerWebhook } from '../webhooks/register-webhook.ts';
import { verifyWebhook } from '../webhooks/verify-webhook.ts';
import { webhookDeliveries } from '../webhooks/webhook-deliveries.ts';
import { type LoopbackReceivers, loopbackReceivers } from './loopback-receivers.fixture.ts';
import { type Taken, timed } from './timed.fixture.ts';

export interface WebhooksRun {
  readonly receivers: number;
  readonly hanging: number;
  /** Deliveries to those that answer, of changes that were there when it began. */
  readonly burst: Taken & { readonly deliveries: number };
  /** From the commit of a change to its arrival, of changes that come one after the other. */
  readonly steady: { readonly medianMs: number; readonly latestMs: number; readonly deliveries: number };
}

interface WebhooksOptions {
  readonly folder: string;
  readonly rounds: number;
  /** Those that answer. */
  readonly well?: number;
  readonly hanging?: number;
  readonly burst?: number;
  readonly steady?: number;
}

/** A party may have so many endpoints. */
const OF_A_PARTY = 10;
const STEADY_EVERY_MS = 100;

/** Without those that hang and with them, in turn, and in the other order the next time. The first of both warms up. */
export async function measuredWebhooks({
  rounds,
  hanging = 10,
  ...options
}: WebhooksOptions): Promise<readonly WebhooksRun[]> {
  const runs: WebhooksRun[] = [];
  for (let round = 0; round <= rounds; round += 1)
    for (const one of round % 2 === 0 ? [0, hanging] : [hanging, 0])
      runs.push(await measuredRun({ ...options, hanging: one, run: runs.length }));
  return runs.slice(2);
}

async function measuredRun({
  folder,
  run,
  well = 90,
  hanging,
  burst = 100,
  steady = 50,
}: Omit<WebhooksOptions, 'rounds' | 'hanging'> & { hanging: number; run: number }): Promise<WebhooksRun> {
  const receivers = await loopbackReceivers({ count: well + hanging, hanging });
  const store = openSqliteStore({ file: join(folder, `webhooks-${run}.db`) });
  const hub = await tellingHub(store, receivers.urls);
  try {
    const counts = { receivers: well + hanging, hanging };
    await hub.change(burst, 'burst');
    const burstTook = await timed(async () => {
      hub.tell();
      await receivers.arrived(well * burst);
    });
    return {
      ...counts,
      burst: { ...burstTook, deliveries: well * burst },
      steady: await steadyRun(hub, { receivers, well, steady }),
    };
  } finally {
    await hub.close();
    await store.close();
    await receivers.end();
  }
}

type Hub = Awaited<ReturnType<typeof tellingHub>>;

async function steadyRun(
  hub: Hub,
  { receivers, well, steady }: { receivers: LoopbackReceivers; well: number; steady: number },
): Promise<WebhooksRun['steady']> {
  const committed = new Map<string, number>();
  for (let n = 0; n < steady; n += 1) {
    await hub.change(1, `steady-${n}`);
    committed.set(`steady-${n}-0`, Date.now());
    hub.tell();
    await pause(STEADY_EVERY_MS);
  }
  const arrivals = await receivers.arrived(well * steady);
  const delays = arrivals.map(({ referralId, at }) => at - (committed.get(referralId) ?? Number.NaN));
  const sorted = delays.toSorted((a, b) => a - b);
  const [medianMs, latestMs] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return { medianMs: medianMs ?? Number.NaN, latestMs: latestMs ?? Number.NaN, deliveries: arrivals.length };
}

/** Relay and deliveries as the subgraph runs them, with an endpoint for each address. */
async function tellingHub(store: Store, urls: readonly string[]) {
  const allowedRanges = [parseRange('127.0.0.0/8')].filter((range) => range !== null);
  const sender = httpWebhookSender({ allowedRanges, allowHttp: true });
  const vault = testVault(store);
  const parties = Array.from({ length: Math.ceil(urls.length / OF_A_PARTY) }, (_, n) => ({
    department: null,
    organisation: `party-${n}`,
    division: '990101',
  }));
  const relay = referralChangeRelay({ store, log: silentLog });
  const deliveries = webhookDeliveries({ store, vault, sender, log: silentLog });
  const shared = { store, vault, sender, now: Date.now, newId: randomUUID };
  for (const [i, url] of urls.entries()) {
    const party: Partial<Caller> = { ...parties[Math.floor(i / OF_A_PARTY)], client: `client-${i}`, roles: [] };
    const work = { ...shared, caller: callerOf(party), by: { request: 'bench', actor: null, purpose: null } };
    const { webhook, refusal } = await registerWebhook(work, { url, idempotencyKey: url });
    const verified = webhook === null ? null : await verifyWebhook(work, webhook.id);
    if (verified?.webhook == null) throw new Error(`${url}: ${refusal?.code ?? verified?.refusal?.code}`);
  }
  return {
    change: async (count: number, name: string) => {
      for (let n = 0; n < count; n += 1)
        await changedTo(store, { referralId: `${name}-${n}`, version: 1 }, { parties });
    },
    /** As after each save of a referral. */
    tell: () => void relay.run().then(deliveries.run),
    close: async () => {
      await deliveries.close();
      await relay.close();
    },
  };
}

if (import.meta.main) {
  const [folder = '.', rounds] = process.argv.slice(2);
  console.log(JSON.stringify(await measuredWebhooks({ folder, rounds: Number(rounds) })));
}
