import { decodeJwt } from 'jose';
import { type Every, every as repeat } from '../../../adapters/shared/every.ts';
import { oneAtATime } from '../../../adapters/shared/one-at-a-time.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { causeForLog } from '../../../subgraphs/shared/cause-for-log.ts';
import type { Log } from '../../../subgraphs/shared/log.ts';
import { applyRevocation } from '../revocations/apply-revocation.ts';
import { notBefore } from '../revocations/revocation.ts';
import type { HubClient } from './hub-client.ts';
import { CLOCKS_DIFFER_MS } from './sign-in-problems.ts';

const LOOK_EVERY_MS = 5_000;
/** Before the hub's own token ends by itself. */
const RENEW_MS = 200_000;

export interface FollowNotBeforeOptions {
  readonly client: HubClient;
  readonly store: Store;
  /** Puts what the store has into force here. */
  readonly look: () => Promise<void>;
  readonly log: Log;
  readonly now?: () => number;
  readonly every?: Every;
}

/**
 * Brings Keycloak's not-before of the realm into the store, and so to every gateway. The hub holds a token of its own and
 * asks whether it still holds: when it does not, something has changed, and the answer with the next one says the time.
 * (To get a new token each time would leave 17,000 events a day at Keycloak; introspection leaves none.)
 */
export function followNotBefore({ client, store, look, log, now = Date.now, every = repeat }: FollowNotBeforeOptions): {
  readonly check: () => Promise<void>;
  close(): Promise<void>;
} {
  let own: { readonly token: string; readonly since: number } | null = null;
  let known: number | null = null;
  let failing = false;

  async function checked(): Promise<void> {
    const age = own === null ? Infinity : now() - own.since;
    if (own !== null && age >= 0 && age < RENEW_MS && (await client.isActive(own.token))) return;
    const { token, notBeforeSeconds } = await client.ownToken();
    if (notBeforeSeconds !== known) await take(notBeforeSeconds);
    // One that is dated ahead would outlast a not-before of now: the server's clock was set back, or will be.
    own = isDatedAhead(token) ? null : { token, since: now() };
  }

  function isDatedAhead(token: string): boolean {
    try {
      return (decodeJwt(token).iat ?? 0) * 1_000 > now() + CLOCKS_DIFFER_MS;
    } catch {
      // Not all servers give tokens that a client can read.
      return false;
    }
  }

  /** 0 = the operator has taken it back, or there never was one. */
  async function take(seconds: number): Promise<void> {
    const order = seconds === 0 ? ('LIFT' as const) : ('REVOKE' as const);
    await applyRevocation(store, { order, revocation: notBefore(seconds, now) });
    known = seconds;
    await look();
    log.info({ notBefore: seconds }, 'not-before of the sign-in server taken');
  }

  const check = oneAtATime(async () => {
    try {
      await checked();
      if (failing) log.info({}, 'the sign-in server is asked for its not-before again');
      failing = false;
    } catch (error) {
      if (!failing)
        log.error(
          { cause: causeForLog(error) },
          'the sign-in server does not say its not-before; what is known stays in force',
        );
      failing = true;
    }
  });
  let last = check();
  const stop = every(LOOK_EVERY_MS, () => {
    last = check();
  });
  return {
    check,
    close: async () => {
      stop();
      await last;
    },
  };
}
