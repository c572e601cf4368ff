import type { Clock, Stored } from '../../adapters/store/port.ts';
import type { Revocation } from './revocations/revocation.ts';

/** What tokens are withdrawn by. */
export interface TokenIdentity {
  readonly jti: string;
  readonly subject: string;
  /** The token's `sid`; `null` = it belongs to no session, as those of systems. */
  readonly sessionId: string | null;
  /** The token's `iat`. */
  readonly issuedAtSeconds: number;
}

/** Tokens that were withdrawn before their time. Asked for every request, also for remembered tokens. */
export interface DenyList {
  denies(token: TokenIdentity): boolean | Promise<boolean>;
}

type FoundRevocation = Pick<Stored<Revocation>, 'version' | 'data'>;

/** A deny-list that follows the store. */
export interface FollowingDenyList extends DenyList {
  /** Goes by it from now on, unless a later version of it is known. */
  take(found: FoundRevocation): void;
  /** Before everything is taken once more; the answer, called afterwards, forgets what was not taken since. */
  anew(): () => void;
}

/** The sign-in server's clock may be ahead by what a token's times may differ (`clockToleranceSeconds`). */
const CLOCKS_DIFFER_MS = 5_000;

/** A deny-list in memory. */
export function denyList(now: Clock = Date.now): FollowingDenyList {
  type Known = FoundRevocation & { readonly round: number };
  const known: Readonly<Record<Revocation['kind'], Map<string, Known>>> = {
    TOKEN: new Map(),
    SESSION: new Map(),
    SUBJECT: new Map(),
    ALL: new Map(),
  };
  let round = 0;

  /** `null` = none, one that was lifted, or one that has ended. */
  function inForce(one: Known | undefined): Revocation | null {
    return one !== undefined && Date.parse(one.data.until) >= now() ? one.data : null;
  }
  const withdrawn = (kind: Revocation['kind'], value: string) => inForce(known[kind].get(value));

  return {
    denies({ jti, subject, sessionId, issuedAtSeconds }) {
      if (withdrawn('TOKEN', jti) !== null) return true;
      if (sessionId !== null && withdrawn('SESSION', sessionId) !== null) return true;
      const issuedAt = issuedAtSeconds * 1_000;
      // Both are times of the sign-in server's own clock.
      if (known.ALL.values().some((one) => inForce(one) !== null && issuedAt < Date.parse(one.data.at))) return true;
      const revoked = withdrawn('SUBJECT', subject);
      if (revoked === null) return false;
      return revoked.later || issuedAt <= Date.parse(revoked.at) + CLOCKS_DIFFER_MS;
    },
    take({ version, data }) {
      const ofKind = known[data.kind];
      const before = ofKind.get(data.value);
      const newer = before !== undefined && before.version > version ? before : { version, data };
      ofKind.set(data.value, { ...newer, round });
    },
    anew() {
      round += 1;
      const since = round;
      return () => {
        for (const ofKind of Object.values(known))
          for (const [value, one] of ofKind) if (one.round < since) ofKind.delete(value);
      };
    },
  };
}
