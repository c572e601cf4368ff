import { z } from 'zod';
import type { DoorAnswer } from './door-answer.ts';
import type { HttpDoor } from './http-door.ts';
import { SourceError } from './source-error.ts';

/** Access tokens of one OAuth 2 client (RFC 6749 4.4). */
export interface AccessTokens {
  /** A token that is good for now; all who need one at the same time wait for one request. Throws `SourceError`. */
  current(signal?: AbortSignal): Promise<string>;
  /** Forgets a token that the department no longer takes. */
  reject(token: string): void;
}

interface AccessTokensOptions {
  readonly source: string;
  readonly door: Pick<HttpDoor, 'send'>;
  /** Below the door's base. */
  readonly path: string;
  /** Asked for beside what the client gets anyway. */
  readonly scope?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/** Where the answer names no lifetime, which RFC 6749 5.1 allows. */
const DEFAULT_LIFETIME_S = 60;
/** A token is renewed this long before its end, but not before nine tenths of its life are over. */
const LONGEST_MARGIN_MS = 10_000;

const tokenAnswer = z.object({
  // RFC 6750 2.1; anything else could not stand in a header.
  access_token: z
    .string()
    .max(8_000)
    .regex(/^[\w.~+/-]+=*$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().max(31_536_000).default(DEFAULT_LIFETIME_S),
});

export function accessTokens(options: AccessTokensOptions): AccessTokens {
  const { source, now = () => performance.now() } = options;
  let held: { readonly token: string; readonly goodUntil: number } | null = null;
  let coming: Promise<string> | null = null;

  async function fetched(): Promise<string> {
    const askedAt = now();
    const { access_token: token, expires_in: seconds } = await askForToken(options);
    const lifetime = seconds * 1_000;
    held = { token, goodUntil: askedAt + lifetime - Math.min(LONGEST_MARGIN_MS, lifetime / 10) };
    return token;
  }

  return {
    async current(signal) {
      if (signal?.aborted) throw timeout(source, signal);
      if (held !== null && now() < held.goodUntil) return held.token;
      // Nobody's signal goes with it: others wait for the same token.
      coming ??= fetched().finally(() => {
        coming = null;
      });
      return untilAborted(coming, { source, signal });
    },
    reject(token) {
      if (held?.token === token) held = null;
    },
  };
}

interface Asked {
  /** For the header of that name. */
  readonly authorization: string;
  /** Answers that come back instead of being thrown. */
  readonly pass: (answer: { readonly status: number }) => boolean;
}

/** Asks with a token. One that ended early (a restart there, a clock) is renewed, and the question repeated, once. */
export async function withToken(
  tokens: AccessTokens,
  signal: AbortSignal | undefined,
  ask: (asked: Asked) => Promise<DoorAnswer>,
): Promise<DoorAnswer> {
  const token = await tokens.current(signal);
  const first = await ask({ authorization: `Bearer ${token}`, pass: ({ status }) => status === 401 });
  if (first.status !== 401) return first;
  tokens.reject(token);
  return ask({ authorization: `Bearer ${await tokens.current(signal)}`, pass: () => false });
}

async function askForToken({ source, door, path, clientId, clientSecret, scope }: AccessTokensOptions) {
  const answer = await door.send('POST', path, {
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) }).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: basic(clientId, clientSecret),
    },
    read: true,
    // RFC 6749 5.2: a client that is not known or not allowed is told so with 400.
    pass: ({ status }) => status === 400,
  });
  if (answer.status === 400) {
    throw new SourceError('SOURCE_UNAVAILABLE', { source, cause: new Error('no token: HTTP 400'), transient: false });
  }
  return answer.json(tokenAnswer);
}

/** RFC 6749 2.3.1: both are form-encoded before they are put together. */
function basic(clientId: string, clientSecret: string): string {
  const [id, secret] = [clientId, clientSecret].map((text) => new URLSearchParams([['', text]]).toString().slice(1));
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

async function untilAborted<T>(
  promise: Promise<T>,
  { source, signal }: { source: string; signal: AbortSignal | undefined },
): Promise<T> {
  if (signal === undefined) return promise;
  const { promise: gone, reject } = Promise.withResolvers<never>();
  const stop = () => reject(timeout(source, signal));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, gone]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const timeout = (source: string, signal: AbortSignal) =>
  new SourceError('SOURCE_TIMEOUT', { source, cause: signal.reason });
