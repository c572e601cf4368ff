import { randomUUID } from 'node:crypto';
import { bulkhead } from 'cockatiel';
import { type Every, every as repeat } from '../../../adapters/shared/every.ts';
import type { Measure, Measures } from '../../../adapters/shared/measures.ts';
import { walk } from '../../../adapters/store/walk.ts';
import { causeForLog } from '../../shared/cause-for-log.ts';
import type { Log } from '../../shared/log.ts';
import { feedLog } from '../changes/feed.ts';
import { type DeliveryServices, deliverWebhook, hasWork } from './deliver-webhook.ts';
import { standingOf, WEBHOOK_STANDINGS } from './delivery-state.ts';
import { webhooks } from './webhook.ts';

const TICK_MS = 1_000;
/** Messages under way at once, to all receivers together. */
const AT_ONCE = 64;
/** The same for receivers that failed last: however many hang, they hold no place of those that do not. */
const TROUBLED_AT_ONCE = 16;

export interface WebhookDeliveries {
  /** Begins to deliver what is due. Resolves when what it has begun has ended, which is of interest to tests only. */
  run(): Promise<void>;
  readonly measures: Measures;
  close(): Promise<void>;
}

type DeliveryOptions = Pick<DeliveryServices, 'store' | 'vault' | 'sender'> &
  Partial<Pick<DeliveryServices, 'now' | 'random' | 'newId'>> & {
    readonly log: Log;
    readonly every?: Every;
    readonly atOnce?: number;
    readonly troubledAtOnce?: number;
  };

/**
 * Delivers to all endpoints, each on its own: a receiver that is slow, gone or hanging holds up nobody else. Which one has
 * something to get follows from the store alone, so that a restart loses nothing and several instances share the work.
 */
export function webhookDeliveries({
  log,
  every = repeat,
  atOnce = AT_ONCE,
  troubledAtOnce = TROUBLED_AT_ONCE,
  ...given
}: DeliveryOptions): WebhookDeliveries {
  let closing = false;
  const lanes = { WELL: bulkhead(atOnce, Infinity), TROUBLED: bulkhead(troubledAtOnce, Infinity) };
  const services: DeliveryServices = {
    now: Date.now,
    random: Math.random,
    newId: randomUUID,
    inTurn: async (lane, send) => lanes[lane].execute(send),
    isClosing: () => closing,
    ...given,
  };
  const running = new Map<string, Promise<void>>();

  async function run(): Promise<void> {
    try {
      await Promise.all((await withWork(services, new Set(running.keys()))).map(deliver));
    } catch (error) {
      log.error({ cause: causeForLog(error) }, 'webhooks wait: the store cannot be read');
    }
  }

  async function deliver(id: string): Promise<void> {
    if (closing || running.has(id)) return;
    const delivery = deliverWebhook(services, id)
      .catch((error: unknown) => log.error({ webhook: id, cause: causeForLog(error) }, 'a webhook waits'))
      .finally(() => running.delete(id));
    running.set(id, delivery);
    return delivery;
  }

  const stop = every(TICK_MS, run);
  return {
    run,
    measures: async () => standings(services),
    close: async () => {
      closing = true;
      stop();
      // Breaks off what hangs: it counts as a failure and is tried again.
      await services.sender.close();
      await Promise.all(running.values());
    },
  };
}

async function standings({ store }: DeliveryServices): Promise<readonly Measure[]> {
  const endpoints = new Map<string, number>(WEBHOOK_STANDINGS.map((standing) => [standing, 0]));
  let retrying = 0;
  for await (const { data } of walk(store, webhooks, { index: 'byState', value: 'ACTIVE' })) {
    const standing = standingOf(data);
    endpoints.set(standing, (endpoints.get(standing) ?? 0) + 1);
    retrying += data.retrying.length;
  }
  return [
    ...[...endpoints].map(([of, value]): Measure => ({ name: 'xinqiao_webhook_endpoints', of, value })),
    { name: 'xinqiao_webhook_retrying_messages', value: retrying },
  ];
}

/** Endpoints that have something to get; the end of a feed is looked up once for all that read it. */
async function withWork({ store, now }: DeliveryServices, except: ReadonlySet<string>): Promise<readonly string[]> {
  const ends = new Map<string, number>();
  const found: string[] = [];
  for await (const { id, data } of walk(store, webhooks, { index: 'byState', value: 'ACTIVE' })) {
    if (except.has(id)) continue;
    const { feed } = data.reader;
    const last = ends.get(feed) ?? (await store.lastOfLog(feedLog(feed)))?.sequence ?? 0;
    ends.set(feed, last);
    if (hasWork(data, { last, now: now() })) found.push(id);
  }
  return found;
}
