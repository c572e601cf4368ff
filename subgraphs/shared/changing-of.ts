import type { Changing } from '../../adapters/audit/port.ts';
import type { HubRequest } from './hub-request.ts';

/** Who makes a change, as its audit record says it. */
export function changingOf({ requestId, caller, purpose }: HubRequest): Changing {
  const { subject, client, organisation, department, division, personId } = caller;
  return { request: requestId, actor: { subject, client, organisation, department, division, personId }, purpose };
}
