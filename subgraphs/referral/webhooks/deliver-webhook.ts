import type { Store } from '../../../adapters/store/port.ts';
import type { Vault } from '../../../adapters/vault/port.ts';
import type { WebhookSender } from '../../../adapters/webhooks/port.ts';
import { changeInFeed, type FeedChange, feedLog, readFeed } from '../changes/feed.ts';
import { messageId } from '../changes/message-id.ts';
import { changeWebhook } from './change-webhook.ts';
import { bury } from './dead-letter.ts';
import { afterTries, dueRetries, isDelivered, roomFor, type Tried } from './delivery-state.ts';
import { changeBody, signedMessage } from './signed-message.ts';
import type { Retry, StoredWebhook, Webhook } from './webhook.ts';
import { signingSecrets } from './webhook-secret.ts';

/** Messages of one endpoint under way at once, once it has shown that it answers: it begins with one and doubles. */
const MOST_AT_ONCE = 16;
/** Longer than a batch takes: a message has ten seconds, and waits for its turn before. */
const LEASE_MS = 120_000;

export interface DeliveryServices {
  readonly store: Store;
  readonly vault: Vault;
  readonly sender: WebhookSender;
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly newId: () => string;
  /** Waits until it is the turn of one more message, and runs it. Receivers that failed have turns of their own. */
  readonly inTurn: <T>(lane: Lane, send: () => Promise<T>) => Promise<T>;
  readonly isClosing: () => boolean;
}
export type Lane = 'WELL' | 'TROUBLED';

/** Is there anything to send now? `last` is the end of its feed. */
export function hasWork(webhook: Webhook, { last, now }: { last: number; now: number }): boolean {
  if (webhook.state !== 'ACTIVE' || isLeased(webhook, now)) return false;
  return dueRetries(webhook, now).length > 0 || (webhook.cursor < last && roomFor(webhook) > 0);
}

const isLeased = ({ lease }: Webhook, now: number) => lease !== null && Date.parse(lease.until) > now;

/**
 * Delivers to one endpoint until nothing is left that can be sent now. What was delivered and could not be noted any more
 * is delivered again, with the same id.
 */
export async function deliverWebhook(services: DeliveryServices, id: string): Promise<void> {
  const { store, now, newId, isClosing } = services;
  const lease = { id: newId(), until: new Date(now() + LEASE_MS).toISOString() };
  let held = await changeWebhook(store, id, (data) =>
    data.state !== 'ACTIVE' || isLeased(data, now()) ? null : { ...data, lease },
  );
  for (let atOnce = 1; held !== null;) {
    const work = await workOf(store, held, { now: now(), atOnce });
    const webhook = held;
    const tried = await Promise.all(work.changes.map(async (change) => tryOne(services, webhook, change)));
    held = await settle(services, webhook, { tried, end: work.end, goesOn: work.more && !isClosing() });
    atOnce = tried.every(({ answer }) => isDelivered(answer)) ? Math.min(atOnce * 2, MOST_AT_ONCE) : 1;
  }
}

interface Work {
  readonly changes: readonly FeedChange[];
  readonly end: number;
  /** Perhaps there is more to do right after. */
  readonly more: boolean;
}

/** What is due again, then what is new as far as there is room for all of it to fail. */
async function workOf(
  store: Store,
  { data }: StoredWebhook,
  { now, atOnce }: { now: number; atOnce: number },
): Promise<Work> {
  const due = dueRetries(data, now);
  const again = await Promise.all(due.slice(0, atOnce).map(async (retry) => waitingChange(store, data, retry)));
  const room = Math.min(roomFor(data), atOnce - again.length);
  if (room <= 0) return { changes: again, end: data.cursor, more: due.length > 0 };
  const { changes, end, more } = await readFeed(store, data.reader, { after: data.cursor, first: room });
  return { changes: [...again, ...changes], end, more: more || due.length > 0 };
}

/** An entry that was read before: feeds keep what they have. */
async function waitingChange(store: Store, { reader }: Webhook, { eventId }: Retry): Promise<FeedChange> {
  const change = await changeInFeed(store, reader, eventId);
  if (change === null) throw new Error(`${feedLog(reader.feed)} has no entry ${eventId}`);
  return change;
}

async function tryOne(
  { vault, sender, now, random, inTurn }: DeliveryServices,
  webhook: StoredWebhook,
  change: FeedChange,
): Promise<Tried> {
  const lane = webhook.data.failuresInARow === 0 ? 'WELL' : 'TROUBLED';
  const answer = await inTurn(lane, async () => {
    const { url } = webhook.data;
    const secrets = signingSecrets(vault, webhook, now());
    // Signed when its turn has come: receivers refuse what is older than some minutes.
    return sender.send(signedMessage({ url, id: messageId(change.id), body: changeBody(change), secrets, now: now() }));
  });
  return { eventId: change.id, sequence: change.sequence, answer, random: random() };
}

/** Notes what became of the tries, and keeps or gives back the lease; `null` = it was given back, or is another's. */
async function settle(
  { store, now }: DeliveryServices,
  { id, data: held }: StoredWebhook,
  { tried, end, goesOn }: { tried: readonly Tried[]; end: number; goesOn: boolean },
): Promise<StoredWebhook | null> {
  const at = now();
  const until = new Date(at + LEASE_MS).toISOString();
  const after = (data: Webhook) => afterTries(data, { tried, end, now: at });
  const failedAt = new Date(at).toISOString();
  // Buried before the endpoint forgets them: a crash in between repeats the try, and buries the same letter.
  for (const { nextAt: _, ...letter } of after(held).dead) await bury(store, { webhookId: id, ...letter, failedAt });
  const stored = await changeWebhook(store, id, (data) => {
    if (held.lease === null || data.lease?.id !== held.lease.id) return null;
    const { webhook } = after(data);
    return { ...webhook, lease: goesOn && webhook.state === 'ACTIVE' ? { ...held.lease, until } : null };
  });
  return stored?.data.lease == null ? null : stored;
}
