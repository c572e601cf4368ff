import { changeWebhook } from './change-webhook.ts';
import { isKey } from './register-webhook.ts';
import type { Webhook } from './webhook.ts';
import { refusedWebhook } from './webhook-refusal.ts';
import { webhookSecret } from './webhook-secret.ts';
import { doneWith, ownWebhook, webhookEvents, type WebhookOutcome, type WebhookWork } from './webhook-work.ts';

const OLD_SECRET_MS = 86_400_000;
/** Secrets of before that sign at the same time, however often it is rotated in a day. */
const MOST_OLD_SECRETS = 2;

/** Stops deliveries; the feed keeps what comes meanwhile. */
export async function pauseWebhook(work: WebhookWork, id: string): Promise<WebhookOutcome> {
  return alter(work, { id, change: 'WEBHOOK_PAUSED' }, (data) =>
    data.state === 'ACTIVE' ? { ...data, state: 'PAUSED', pausedBecause: 'OWNER' } : null,
  );
}

/** Goes on where it stopped; what waits to be tried again is tried at once. */
export async function resumeWebhook(work: WebhookWork, id: string): Promise<WebhookOutcome> {
  const at = new Date(work.now()).toISOString();
  const own = await ownWebhook(work, id);
  if (own?.data.state === 'PENDING') return refusedWebhook('NOT_VERIFIED');
  return alter(work, { id, change: 'WEBHOOK_RESUMED' }, (data) =>
    data.state === 'PAUSED'
      ? {
          ...data,
          state: 'ACTIVE',
          pausedBecause: null,
          failuresInARow: 0,
          retrying: data.retrying.map((retry) => ({ ...retry, nextAt: at })),
        }
      : null,
  );
}

/** Ends it for good, with all that waited for it. */
export async function deleteWebhook(work: WebhookWork, id: string): Promise<WebhookOutcome> {
  return alter(work, { id, change: 'WEBHOOK_DELETED' }, (data) =>
    data.state === 'DELETED' ? null : { ...data, state: 'DELETED', retrying: [], lease: null },
  );
}

/**
 * Makes a new secret and gives it out. For a day the one before signs as well, so that the receiver can change over. The
 * same key again gives the same secret: an answer may get lost on the way.
 */
export async function rotateWebhookSecret(
  work: WebhookWork,
  { webhookId: id, idempotencyKey: key }: { webhookId: string; idempotencyKey: string },
): Promise<WebhookOutcome> {
  if (!isKey(key)) return refusedWebhook('INVALID', 'idempotencyKey');
  const now = work.now();
  const outcome = await alter(work, { id, change: 'WEBHOOK_SECRET_ROTATED' }, (data) =>
    data.rotated === key ? null : rotated(data, { key, now }),
  );
  if (outcome.webhook === null) return outcome;
  return doneWith(outcome.webhook, webhookSecret(work.vault, id, outcome.webhook.data.generation));
}

function rotated(data: Webhook, { key, now }: { key: string; now: number }): Webhook {
  const live = data.previous.filter(({ until }) => Date.parse(until) > now);
  const last = { generation: data.generation, until: new Date(now + OLD_SECRET_MS).toISOString() };
  return {
    ...data,
    generation: data.generation + 1,
    previous: [last, ...live].slice(0, MOST_OLD_SECRETS),
    rotated: key,
  };
}

/** One that is in that state already is no mistake. */
async function alter(
  work: WebhookWork,
  { id, change }: { id: string; change: string },
  move: (data: Webhook) => Webhook | null,
): Promise<WebhookOutcome> {
  const own = await ownWebhook(work, id);
  if (own === null) return refusedWebhook('NOT_FOUND', 'webhookId');
  const changed = await changeWebhook(work.store, id, move, webhookEvents(work, change));
  return doneWith(changed ?? (await ownWebhook(work, id)) ?? own);
}
