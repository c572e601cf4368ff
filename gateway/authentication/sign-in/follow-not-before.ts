import { decodeJwt } from 'jose';
import { type Every, every as repeat } from '../../../adapters/shared/every.ts';
import { oneAtATime } from '../../../adapters/shared/one-at-a-time.ts';
import { type Store, StoreConflict } from '../../../adapters/store/port.ts';
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
  const asking = toldOnce(log, {
    fails: 'the sign-in server does not say its not-before; what is known stays in force',
    isWell: 'the sign-in server is asked for its not-before again',
  });
  const taking = toldOnce(log, {
    fails: 'not-before of the sign-in server was not put into the store and is not in force; it is tried again',
    isWell: 'not-before of the sign-in server can be put into the store again',
  });

  /** `null` = the hub's own token holds, so there is nothing new. */
  async function newAnswer(): Promise<Awaited<ReturnType<HubClient['ownToken']>> | null> {
    const age = own === null ? Infinity : now() - own.since;
    if (own !== null && age >= 0 && age < RENEW_MS && (await client.isActive(own.token))) return null;
    return client.ownToken();
  }

  async function checked(): Promise<void> {
    const answer = await asking(newAnswer);
    if (answer === null) return;
    const { token, notBeforeSeconds } = answer;
    if (notBeforeSeconds !== known) await taking(async () => take(notBeforeSeconds));
    if (notBeforeSeconds !== known) return;
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
    try {
      await applyRevocation(store, { order, revocation: notBefore(seconds, now) }, now);
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
      // Another gateway at the same moment. Whether it took the same is seen at the next check, with `known` as it is.
      await look();
      return;
    }
    known = seconds;
    await look();
    log.info({ notBefore: seconds }, 'not-before of the sign-in server taken');
  }

  const check = oneAtATime(checked);
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

/** Runs work that may fail: that it does is said once, and that it does no more. `null` = it failed. */
function toldOnce(log: Log, { fails, isWell }: { fails: string; isWell: string }) {
  let failing = false;
  return async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      const done = await work();
      if (failing) log.info({}, isWell);
      failing = false;
      return done;
    } catch (error) {
      if (!failing) log.error({ cause: causeForLog(error) }, fails);
      failing = true;
      return null;
    }
  };
}
