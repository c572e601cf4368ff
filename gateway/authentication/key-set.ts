import { setTimeout as wait } from 'node:timers/promises';
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
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  /** Told of each failed try. */
  readonly onFailure?: (cause: unknown) => void;
}

/** Of requests with an unknown `kid`, those that wait for newer keys; more are refused at once. */
const MOST_WAITING = 500;

/**
 * The sign-in service's public keys. jose fetches and picks them; when to fetch is decided here, because jose's own
 * cool-down counts from the last success only: with the endpoint down, every unknown `kid` would be one more fetch, and
 * keys of a certain age would be forgotten although nothing better is to be had.
 *
 * A `kid` that is not known may be that of a key which has just begun to sign. It is looked for in keys that were fetched
 * after its request came; if that must wait for the pause between two fetches, so does the request, and no rotation of
 * keys refuses a token.
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
    const fetched = fetches.soon();
    if (!fetches.any() || (age >= 2 * refreshSeconds * 1_000 && !failedLately)) await fetched;
    if (!fetches.any() || now() - fetches.succeededAt() > outliveSeconds * 1_000) {
      throw new AuthenticationError('KEYS_UNAVAILABLE');
    }
  };

  return async (header, token) => {
    if (header.kid === undefined) throw new AuthenticationError('MALFORMED');
    const cameAt = now();
    await freshen();
    try {
      return await remote(header, token);
    } catch (cause) {
      if (!(cause instanceof errors.JWKSNoMatchingKey) || !(await fetches.since(cameAt))) throw cause;
      return remote(header, token);
    }
  };
}

/** Fetches that are shared by all who wait, and spaced. */
function fetchesOf(reload: () => Promise<void>, options: KeySetOptions) {
  const { cooldownSeconds = 2, now = Date.now, pause = wait, onFailure } = options;
  let pending: Promise<boolean> | undefined;
  let pausing: Promise<unknown> | undefined;
  let waiting = 0;
  let triedAt = -Infinity;
  let succeededAt = -Infinity;
  let failedAt = -Infinity;
  let succeeded = false;

  const fetchNow = async () => {
    triedAt = now();
    try {
      await reload();
      succeededAt = now();
      succeeded = true;
    } catch (cause) {
      failedAt = now();
      succeeded = false;
      onFailure?.(cause);
    } finally {
      pending = undefined;
    }
    return succeeded;
  };

  /** Until the next fetch may begin; a clock that went back keeps nobody waiting. */
  const pauseLeft = () => {
    const sinceTry = now() - triedAt;
    return sinceTry < 0 ? 0 : Math.max(0, cooldownSeconds * 1_000 - sinceTry);
  };

  const pauseOver = async () => {
    waiting += 1;
    pausing ??= pause(pauseLeft()).finally(() => {
      pausing = undefined;
    });
    await pausing.finally(() => {
      waiting -= 1;
    });
  };

  return {
    any: () => succeededAt !== -Infinity,
    succeededAt: () => succeededAt,
    failedAt: () => failedAt,
    /** True when new keys were fetched; false when that failed or when it was tried a moment ago. */
    soon: (): Promise<boolean> => {
      if (pending === undefined && pauseLeft() > 0) return Promise.resolve(false);
      pending ??= fetchNow();
      return pending;
    },
    /** True when the keys were fetched after `cameAt`; false when that failed or when too many wait for it. */
    since: async (cameAt: number): Promise<boolean> => {
      if (triedAt < cameAt && pauseLeft() > 0) {
        if (waiting >= MOST_WAITING) return false;
        await pauseOver();
      }
      if (triedAt < cameAt) pending ??= fetchNow();
      return pending ?? succeeded;
    },
  };
}
