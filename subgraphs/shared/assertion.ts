import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { callerSchema, PURPOSES } from './caller.ts';
import type { HubRequest } from './hub-request.ts';
import { sealed, unsealed } from './sealed-claims.ts';

/** The header in which the gateway tells a subgraph over HTTP for whom it asks. */
export const ASSERTION_HEADER = 'x-hub-assertion';

const ISSUER = 'xinqiao:gateway';
const claims = z.object({ rid: z.string(), caller: callerSchema, purpose: z.enum(PURPOSES) });

/** What is the same for every subgraph that a request asks. */
const texts = new WeakMap<HubRequest, string>();

/** Signs who asks, for what and in which request, for one subgraph alone (JWS, HS256). */
export function signAssertion(request: HubRequest, { audience, key }: { audience: string; key: KeyObject }): string {
  const text = texts.get(request) ?? textOf(request);
  texts.set(request, text);
  return sealed(text, { issuer: ISSUER, audience, key });
}

function textOf({ requestId, caller, purpose }: HubRequest): string {
  return JSON.stringify({ rid: requestId, caller: withoutName(caller), purpose });
}

/** A department need not know which of another's workers asks: the id does. */
function withoutName({ name: _name, ...caller }: HubRequest['caller']): HubRequest['caller'] {
  return caller;
}

/** Opens an assertion; `null` for a missing, forged, expired or foreign one (cases 29 and 33). */
export function openAssertion(
  token: string | undefined,
  { audience, key }: { audience: string; key: KeyObject },
): Omit<HubRequest, 'signal'> | null {
  const { data } = claims.safeParse(unsealed(token ?? '', { issuer: ISSUER, audience, key }));
  return data === undefined ? null : { requestId: data.rid, caller: data.caller, purpose: data.purpose };
}
