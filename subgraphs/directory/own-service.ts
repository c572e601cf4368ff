import type { Rules } from './entry-rules.ts';
import { standingOf } from './may-maintain.ts';
import { organisations } from './organisation.ts';
import { type Refusal, refusal } from './refusal.ts';
import { services } from './service.ts';

/** Why the caller may not change what belongs to this service; none = may. */
export async function serviceRefusals({ store, caller }: Rules, serviceId: string): Promise<readonly Refusal[]> {
  const service = await store.load(services, serviceId);
  if (service === null || service.data.retiredAt !== null) return [refusal('NOT_FOUND', 'serviceId')];
  const keeper = await store.load(organisations, service.data.organisation);
  if (keeper === null) return [refusal('NOT_FOUND', 'serviceId')];
  const may = caller === null || standingOf(caller, { ...keeper.data, id: keeper.id }) !== null;
  return may ? [] : [refusal('NOT_YOURS', 'serviceId')];
}
