import { type Changing, changeEvent } from '../../../adapters/audit/port.ts';
import { isWithin } from '../../../adapters/shared/division.ts';
import type { Store, StoreEvent } from '../../../adapters/store/port.ts';
import type { Vault } from '../../../adapters/vault/port.ts';
import type { WebhookSender } from '../../../adapters/webhooks/port.ts';
import { walk } from '../../../adapters/store/walk.ts';
import type { Caller } from '../../shared/caller.ts';
import { readerOf } from '../changes/feed.ts';
import { type StoredWebhook, webhooks } from './webhook.ts';
import type { WebhookRefusal } from './webhook-refusal.ts';

/** What the owners' own changes of their endpoints work with. */
export interface WebhookWork {
  readonly store: Store;
  readonly vault: Vault;
  readonly sender: WebhookSender;
  readonly now: () => number;
  readonly newId: () => string;
  readonly caller: Caller;
  readonly by: Changing;
}

export type WebhookOutcome =
  | {
      readonly webhook: StoredWebhook;
      /** Given out once, by who makes it. */
      readonly secret: string | null;
      readonly refusal: null;
    }
  | { readonly webhook: null; readonly refusal: WebhookRefusal };

export const doneWith = (webhook: StoredWebhook, secret: string | null = null): WebhookOutcome => ({
  webhook,
  secret,
  refusal: null,
});

/** The record of a change of an endpoint; it concerns no person. */
export const webhookEvents =
  ({ now, newId, by }: Pick<WebhookWork, 'now' | 'newId' | 'by'>, change: string) =>
  (): readonly StoreEvent[] => [
    changeEvent(`webhook:${newId()}`, { change, personId: null, at: new Date(now()).toISOString(), by }),
  ];

/** The endpoint, where it tells of the caller's own feed, and of nothing beyond the caller's jurisdiction. */
export async function ownWebhook({ store, caller }: WebhookWork, id: string): Promise<StoredWebhook | null> {
  const stored = await store.load(webhooks, id);
  return stored !== null && stored.data.state !== 'DELETED' && isOwn(caller, stored) ? stored : null;
}

/** All that the caller may see and change. */
export async function ownWebhooks({ store, caller }: WebhookWork): Promise<readonly StoredWebhook[]> {
  const value = readerOf(caller)?.feed;
  if (value === undefined) return [];
  const found = await Array.fromAsync(walk(store, webhooks, { index: 'byFeed', value }));
  return found.filter((webhook) => isOwn(caller, webhook));
}

function isOwn(caller: Caller, { data: { reader } }: StoredWebhook): boolean {
  const own = readerOf(caller);
  return own !== null && own.feed === reader.feed && isWithin(reader.division, own.division);
}
