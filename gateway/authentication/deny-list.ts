import type { Revocation } from './revocations/revocation.ts';

/** What tokens are withdrawn by. */
export interface TokenIdentity {
  readonly jti: string;
  readonly subject: string;
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
  let subjects: ReadonlyMap<string, Revocation> = new Map();
  return {
    denies({ jti, subject, issuedAtSeconds }) {
      if (tokens.has(jti)) return true;
      const revoked = subjects.get(subject);
      if (revoked === undefined) return false;
      return revoked.later || issuedAtSeconds * 1_000 <= Date.parse(revoked.at) + CLOCKS_DIFFER_MS;
    },
    put(revocations) {
      tokens = new Set(revocations.flatMap(({ kind, value }) => (kind === 'TOKEN' ? [value] : [])));
      subjects = new Map(revocations.flatMap((one) => (one.kind === 'SUBJECT' ? [[one.value, one] as const] : [])));
    },
  };
}
