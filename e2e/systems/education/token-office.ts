/** The department's own OAuth 2 server: opaque tokens for one client, short-lived. */
import { randomBytes } from 'node:crypto';

export interface TokenOffice {
  issue(): { readonly access_token: string; readonly token_type: 'Bearer'; readonly expires_in: number };
  accepts(token: string): boolean;
  /** Ends every token at once, long before its time, as a restart of the department's server does. */
  expireAll(): void;
}

export function tokenOffice({ lifetimeSeconds, now }: { lifetimeSeconds: number; now: () => number }): TokenOffice {
  const tokens = new Map<string, number>();
  return {
    issue() {
      for (const [token, until] of tokens) if (until <= now()) tokens.delete(token);
      const token = randomBytes(24).toString('base64url');
      tokens.set(token, now() + lifetimeSeconds * 1_000);
      return { access_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds };
    },
    accepts: (token) => (tokens.get(token) ?? 0) > now(),
    expireAll: () => tokens.clear(),
  };
}
