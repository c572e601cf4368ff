import { changeWebhook } from './change-webhook.ts';
import { deadLetterBox, markReplayed, type StoredDeadLetter } from './dead-letter.ts';
import { MAX_RETRYING } from './delivery-state.ts';
import type { Retry, StoredWebhook, Webhook } from './webhook.ts';
import { refusedWebhook, type WebhookRefusal } from './webhook-refusal.ts';
import { ownWebhook, webhookEvents, type WebhookWork } from './webhook-work.ts';

interface DeadLettersPage {
  readonly items: readonly (StoredDeadLetter & { readonly cursor: string })[];
  readonly next: string | null;
}

/** Messages that were given up, in the order of the feed; `null` = no such endpoint of the caller's. */
export async function deadLetters(
  work: WebhookWork,
  { webhookId, after = null, first }: { webhookId: string; after?: string | null; first: number },
): Promise<DeadLettersPage | null> {
  if ((await ownWebhook(work, webhookId)) === null) return null;
  return work.store.page(deadLetterBox, { index: 'byWebhook', value: webhookId, cursor: after, first });
}

export type ReplayOutcome =
  | {
      readonly webhook: StoredWebhook;
      readonly replayed: number;
      /** There was no room for all: again, once these are delivered. */
      readonly more: boolean;
      readonly refusal: null;
    }
  | { readonly webhook: null; readonly refusal: WebhookRefusal };

/**
 * Puts dead letters back among what is tried, with three days of their own and the ids they had, the oldest first and as
 * many as there is room for. Asked for twice, each is there once.
 */
export async function replayDeadLetters(work: WebhookWork, webhookId: string): Promise<ReplayOutcome> {
  const { store } = work;
  const page = await deadLetters(work, { webhookId, first: MAX_RETRYING });
  if (page === null) return refusedWebhook('NOT_FOUND', 'webhookId');
  const at = new Date(work.now()).toISOString();
  const changed = await changeWebhook(
    store,
    webhookId,
    (data) => (data.state === 'DELETED' ? null : { ...data, retrying: withReplayed(data, page.items, at) }),
    webhookEvents(work, 'WEBHOOK_DEAD_LETTERS_REPLAYED'),
  );
  if (changed === null) return refusedWebhook('NOT_FOUND', 'webhookId');
  const waiting = new Set(changed.data.retrying.map(({ eventId }) => eventId));
  const replayed = page.items.filter(({ data }) => waiting.has(data.eventId));
  // After they stand among what is tried: a crash in between leaves them on the list, and the next replay takes them off.
  for (const letter of replayed) await markReplayed(store, letter, at);
  return {
    webhook: changed,
    replayed: replayed.length,
    more: page.next !== null || replayed.length < page.items.length,
    refusal: null,
  };
}

function withReplayed(data: Webhook, letters: readonly StoredDeadLetter[], at: string): readonly Retry[] {
  const present = new Set(data.retrying.map(({ eventId }) => eventId));
  const again = letters
    .filter((letter) => !present.has(letter.data.eventId))
    .map(({ data: { eventId, sequence } }): Retry => ({ eventId, sequence, attempts: 0, firstAt: at, nextAt: at }));
  return [...data.retrying, ...again].slice(0, Math.max(MAX_RETRYING, data.retrying.length));
}
