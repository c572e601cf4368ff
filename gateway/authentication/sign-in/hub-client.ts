import { z } from 'zod';
import { boundedFetch } from '../bounded-fetch.ts';

export interface HubClientOptions {
  readonly issuer: string;
  /** What the hub is called there. It must be in the `aud` of the tokens that it asks about. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly timeoutMs?: number;
}

/** The hub itself as a client of the sign-in server. Everything throws when no answer comes in time, or none that is one. */
export interface HubClient {
  /** RFC 7662: whether a token still holds there. */
  isActive(token: string): Promise<boolean>;
  /** A token of the hub's own, which opens nothing, and Keycloak's not-before of the realm (0 = none). */
  ownToken(): Promise<{ readonly token: string; readonly notBeforeSeconds: number }>;
}

const introspected = z.object({ active: z.boolean() });
const issued = z.object({
  access_token: z.string().min(1),
  'not-before-policy': z.number().int().nonnegative().default(0),
});
const fetchSmall = boundedFetch(65_536);

export function hubClient({ issuer, clientId, clientSecret, timeoutMs = 2_000 }: HubClientOptions): HubClient {
  // RFC 6749, 2.3.1: both are form-encoded before they are joined.
  const basic = Buffer.from([clientId, clientSecret].map(encodeURIComponent).join(':')).toString('base64');
  const post = async (path: string, form: Readonly<Record<string, string>>): Promise<unknown> => {
    const answer = await fetchSmall(`${issuer}/protocol/openid-connect/${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return answer.json();
  };
  return {
    isActive: async (token) => introspected.parse(await post('token/introspect', { token })).active,
    async ownToken() {
      const answer = issued.parse(await post('token', { grant_type: 'client_credentials' }));
      return { token: answer.access_token, notBeforeSeconds: answer['not-before-policy'] };
    },
  };
}
