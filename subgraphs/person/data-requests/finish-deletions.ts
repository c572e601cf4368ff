import type { Store } from '../../../adapters/store/port.ts';
import { walk } from '../../../adapters/store/walk.ts';
import type { Vault } from '../../../adapters/vault/port.ts';
import { shredOnce } from './answer-data-request.ts';
import { dataRequests } from './data-request.ts';

const BY_THE_HUB = { request: null, actor: null, purpose: null };

/** What a process answered and did not come to do, since it ended in between. */
export async function finishDeletions(services: { store: Store; vault: Vault; now: () => number }): Promise<void> {
  for await (const request of walk(services.store, dataRequests, { index: 'toShred', value: 'TO_SHRED' }))
    await shredOnce({ ...services, by: BY_THE_HUB }, request);
}
