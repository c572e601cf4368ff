import type { Store } from '../../adapters/store/port.ts';
import { type RateLimit, rateLimit } from './rate-limit.ts';

const ofStores = new WeakMap<Store, RateLimit>();

/**
 * The limit of ID numbers that a client may try: one for all subgraphs over one store in a process, since matching,
 * registering and referring tell something of whose number is tried, each. The first that asks sets it up.
 */
export function idNumberTries(store: Store, limit: Parameters<typeof rateLimit>[0]): RateLimit {
  const known = ofStores.get(store) ?? rateLimit(limit);
  ofStores.set(store, known);
  return known;
}
