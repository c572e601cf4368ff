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

/** The sign-in server's clock may be ahead by what a token's times may differ (`clockToleranceSeconds`). */
const CLOCKS_DIFFER_MS = 5_000;

/** A deny-list in memory. `put` replaces all of it. */
export function denyList(): DenyList & { put(revocations: readonly Revocation[]): void } {
  let tokens: ReadonlySet<string> = new Set();
  let sessions: ReadonlySet<string> = new Set();
  let subjects: ReadonlyMap<string, Revocation> = new Map();
  let notBeforeMs = -Infinity;
  return {
    denies({ jti, subject, sessionId, issuedAtSeconds }) {
      if (tokens.has(jti) || (sessionId !== null && sessions.has(sessionId))) return true;
      // Both are times of the sign-in server's own clock.
      if (issuedAtSeconds * 1_000 < notBeforeMs) return true;
      const revoked = subjects.get(subject);
      if (revoked === undefined) return false;
      return revoked.later || issuedAtSeconds * 1_000 <= Date.parse(revoked.at) + CLOCKS_DIFFER_MS;
    },
    put(revocations) {
      const of = (kind: Revocation['kind']) => revocations.filter((one) => one.kind === kind);
      tokens = new Set(of('TOKEN').map(({ value }) => value));
      sessions = new Set(of('SESSION').map(({ value }) => value));
      subjects = new Map(of('SUBJECT').map((one) => [one.value, one]));
      notBeforeMs = Math.max(-Infinity, ...of('ALL').map(({ at }) => Date.parse(at)));
    },
  };
}
