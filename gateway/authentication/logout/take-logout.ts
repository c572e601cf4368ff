import type { Store } from '../../../adapters/store/port.ts';
import type { Log } from '../../../subgraphs/shared/log.ts';
import { applyRevocation } from '../revocations/apply-revocation.ts';
import { newRevocation, type Revocation } from '../revocations/revocation.ts';
import { type Logout, logoutOf, type LogoutTokenOptions } from './logout-token.ts';
import { usedLogoutId, usedLogouts } from './used-logouts.ts';

export interface TakeLogoutOptions extends LogoutTokenOptions {
  readonly store: Store;
  /** Puts what the store has into force here. */
  readonly look: () => Promise<void>;
  readonly log: Log;
}

/** Takes a logout token, each once. Throws when it is none, or when it could not be taken. */
export type TakeLogout = (token: string) => Promise<void>;

/**
 * Withdraws the tokens of a session that ended at the sign-in server: through the store, so at every gateway. The token
 * itself is noted there too, so that none is taken twice.
 */
export function takeLogout({ store, look, log, ...options }: TakeLogoutOptions): TakeLogout {
  const { now = Date.now } = options;
  return async (token) => {
    const logout = await logoutOf(token, options);
    const used = { id: usedLogoutId(logout.jti), data: { at: new Date(now()).toISOString() }, expectedVersion: 0 };
    if ((await store.load(usedLogouts, used.id)) !== null) throw new Error('a logout token comes twice');
    await applyRevocation(store, { order: 'REVOKE', revocation: withdrawnBy(logout, now) }, now);
    // Afterwards: had it been first and the other failed, the session would go on and its logout be refused as used.
    await store.save(usedLogouts, used);
    await look();
    log.info({ kind: logout.sessionId === null ? 'SUBJECT' : 'SESSION' }, 'logout at the sign-in server taken');
  };
}

/** Of a subject what was issued until the logout, by the sign-in server's clock: who signs in again is let in. */
function withdrawnBy({ sessionId, subject, issuedAtSeconds }: Logout, now: () => number): Revocation {
  if (sessionId !== null) return newRevocation({ kind: 'SESSION', value: sessionId }, now);
  return newRevocation({ kind: 'SUBJECT', value: subject ?? '', at: issuedAtSeconds * 1_000 }, now);
}
