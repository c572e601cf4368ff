import { type Store, StoreConflict, type StoreEvent } from '../../../adapters/store/port.ts';
import { type StoredWebhook, type Webhook, webhooks } from './webhook.ts';

/** `null` = leave it as it is. */
type Alter = (data: Webhook) => Webhook | null;

/**
 * Changes an endpoint as it is at the moment: those who deliver change it all the time, so that a version a client has
 * seen says nothing. `null` = it is not there, or was left as it is.
 */
export async function changeWebhook(
  store: Store,
  id: string,
  alter: Alter,
  events: () => readonly StoreEvent[] = () => [],
): Promise<StoredWebhook | null> {
  for (;;) {
    const stored = await store.load(webhooks, id);
    const data = stored === null ? null : alter(stored.data);
    if (stored === null || data === null) return null;
    try {
      const change = { id, data, expectedVersion: stored.version, events: events() };
      return { id, data, ...(await store.save(webhooks, change)) };
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
    }
  }
}
