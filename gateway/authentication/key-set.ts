import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { AuthenticationError } from './authentication-error.ts';
import { boundedFetch } from './bounded-fetch.ts';

export interface KeySetOptions {
  readonly url: string;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** At most one try to fetch in this time, whether it succeeds or not. */
  readonly cooldownSeconds?: number;
  /** Older keys are fetched again behind the request's back; of twice this age, before it is answered. */
  readonly refreshSeconds?: number;
  /** How long known keys go on while the endpoint is down. */
  readonly outliveSeconds?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told of each failed try. */
  readonly onFailure?: (cause: unknown) => void;
}

/**
 * The sign-in service's public keys. jose fetches and picks them; when to fetch is decided here, because jose's own
 * cool-down counts from the last success only: with the endpoint down, every unknown `kid` would be one more fetch, and
 * keys of a certain age would be forgotten although nothing better is to be had.
 */
export function keySet(options: KeySetOptions): JWTVerifyGetKey {
  const { url, timeoutMs = 2_000, maxBytes = 262_144, refreshSeconds = 60, outliveSeconds = 86_400 } = options;
  const { now = Date.now } = options;
  const remote = createRemoteJWKSet(new URL(url), {
    timeoutDuration: timeoutMs,
    cooldownDuration: Infinity,
    cacheMaxAge: Infinity,
    [customFetch]: boundedFetch(maxBytes),
  });
  const fetches = fetchesOf(remote.reload, options);

  const freshen = async () => {
    const age = now() - fetches.succeededAt();
    // A clock that went back must not keep keys fresh for longer.
    if (age >= 0 && age < refreshSeconds * 1_000) return;
    const failedLately = fetches.failedAt() > now() - refreshSeconds * 1_000;
    const fetched = fetches.again();
    if (!fetches.any() || (age >= 2 * refreshSeconds * 1_000 && !failedLately)) await fetched;
    if (!fetches.any() || now() - fetches.succeededAt() > outliveSeconds * 1_000) {
      throw new AuthenticationError('KEYS_UNAVAILABLE');
    }
  };

  return async (header, token) => {
    if (header.kid === undefined) throw new AuthenticationError('MALFORMED');
    await freshen();
    try {
      return await remote(header, token);
    } catch (cause) {
      if (!(cause instanceof errors.JWKSNoMatchingKey) || !(await fetches.again())) throw cause;
      return remote(header, token);
    }
  };
}

/** Fetches that are shared by all who wait, and spaced. */
function fetchesOf(reload: () => Promise<void>, options: KeySetOptions) {
  const { cooldownSeconds = 10, now = Date.now, onFailure } = options;
  let pending: Promise<boolean> | undefined;
  let triedAt = -Infinity;
  let succeededAt = -Infinity;
  let failedAt = -Infinity;

  const fetchNow = async () => {
    triedAt = now();
    try {
      await reload();
      succeededAt = now();
      return true;
    } catch (cause) {
      failedAt = now();
      onFailure?.(cause);
      return false;
    } finally {
      pending = undefined;
    }
  };

  return {
    any: () => succeededAt !== -Infinity,
    succeededAt: () => succeededAt,
    failedAt: () => failedAt,
    /** True when new keys were fetched; false when that failed or when it was tried a moment ago. */
    again: (): Promise<boolean> => {
      const sinceTry = now() - triedAt;
      if (pending === undefined && sinceTry >= 0 && sinceTry < cooldownSeconds * 1_000) return Promise.resolve(false);
      pending ??= fetchNow();
      return pending;
    },
  };
}
