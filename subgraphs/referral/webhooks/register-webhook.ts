import { type Store, StoreConflict } from '../../../adapters/store/port.ts';
import { feedLog, type FeedReader, readerOf } from '../changes/feed.ts';
import { type Webhook, registrationKey, type StoredWebhook, webhooks } from './webhook.ts';
import { refusedWebhook, URL_REFUSALS } from './webhook-refusal.ts';
import { webhookSecret } from './webhook-secret.ts';
import { doneWith, ownWebhooks, webhookEvents, type WebhookOutcome, type WebhookWork } from './webhook-work.ts';

/** Endpoints of one party. */
const MOST = 10;
const MAX_KEY = 200;

/**
 * A new endpoint for the caller's own feed, told of everything from now on, once its receiver has answered the challenge
 * (`verifyWebhook`). Until then the same key gives the same answer, secret included: an answer may get lost on the way.
 */
export async function registerWebhook(
  work: WebhookWork,
  { url: text, idempotencyKey: key }: { url: string; idempotencyKey: string },
): Promise<WebhookOutcome> {
  const { store, sender, caller, newId } = work;
  const reader = readerOf(caller);
  if (reader === null) return refusedWebhook('NO_FEED');
  if (!isKey(key)) return refusedWebhook('INVALID', 'idempotencyKey');
  const checked = sender.endpointUrl(text.trim());
  if (checked.fault !== null) return refusedWebhook(URL_REFUSALS[checked.fault], 'url');
  const created = { client: caller.client, key, url: checked.url };
  const before = await store.findByKey(webhooks, registrationKey(created));
  if (before !== null) return repeated(work, before, { reader, url: created.url });
  if ((await ownWebhooks(work)).length >= MOST) return refusedWebhook('TOO_MANY');
  const [id, data] = [newId(), await newWebhook(store, { reader, created, now: work.now() })];
  try {
    const events = webhookEvents(work, 'WEBHOOK_REGISTERED')();
    const { version } = await store.save(webhooks, { id, data, expectedVersion: 0, events });
    return doneWith({ id, version, data }, webhookSecret(work.vault, id, data.generation));
  } catch (error) {
    // Somebody was faster with the same key: then this is the repetition.
    const theirs = error instanceof StoreConflict ? await store.findByKey(webhooks, registrationKey(created)) : null;
    if (theirs === null) throw error;
    return repeated(work, theirs, { reader, url: created.url });
  }
}

export const isKey = (key: string): boolean => key.trim() !== '' && key.length <= MAX_KEY;

function repeated(
  { vault }: WebhookWork,
  webhook: StoredWebhook,
  { reader, url }: { reader: FeedReader; url: string },
): WebhookOutcome {
  const { data } = webhook;
  const isSame =
    data.created.url === url && data.reader.feed === reader.feed && data.reader.division === reader.division;
  if (!isSame) return refusedWebhook('KEY_REUSED', 'idempotencyKey');
  return doneWith(webhook, data.state === 'PENDING' ? webhookSecret(vault, webhook.id, data.generation) : null);
}

async function newWebhook(
  store: Store,
  { reader, created, now }: { reader: FeedReader; created: Webhook['created']; now: number },
): Promise<Webhook> {
  return {
    reader,
    url: created.url,
    state: 'PENDING',
    pausedBecause: null,
    createdAt: new Date(now).toISOString(),
    challengedAt: null,
    verifiedAt: null,
    generation: 1,
    previous: [],
    cursor: (await store.lastOfLog(feedLog(reader.feed)))?.sequence ?? 0,
    retrying: [],
    failuresInARow: 0,
    lastDeliveryAt: null,
    lastFailure: null,
    lease: null,
    created,
    rotated: null,
  };
}
