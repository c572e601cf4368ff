/** Checks a WS-Security user name token with password digest: right account, fresh, each nonce once. */
import { passwordDigest } from 'soap';
import { z } from 'zod';

// The stack gives an element with attributes as an object with `$value`.
const content = z.union([z.string(), z.object({ $value: z.string() }).transform(({ $value }) => $value)]);
const token = z.object({
  UsernameToken: z.object({ Username: content, Password: content, Nonce: content, Created: content }),
});
const FRESH_MS = 300_000;
const MOST_NONCES = 10_000;

export function authenticator({ user, password }: { user: string; password: string }) {
  const seen = new Set<string>();
  return (security: unknown): boolean => {
    const parsed = token.safeParse(security);
    if (!parsed.success) return false;
    const { Username, Password, Nonce, Created } = parsed.data.UsernameToken;
    const fresh = Math.abs(Date.now() - Date.parse(Created)) < FRESH_MS;
    if (Username !== user || Password !== passwordDigest(Nonce, Created, password) || !fresh || seen.has(Nonce))
      return false;
    if (seen.size >= MOST_NONCES) seen.clear();
    seen.add(Nonce);
    return true;
  };
}
