import { AsyncResource } from 'node:async_hooks';
import {
  BrokenCircuitError,
  bulkhead,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  isTaskCancelledError,
  noJitterGenerator,
  retry,
  timeout,
  TimeoutStrategy,
} from 'cockatiel';
import { z } from 'zod';
import { retryBudget } from './retry-budget.ts';
import { SourceError } from './source-error.ts';
import { isWatched, moments, watched, work } from './watched-work.ts';

export interface ReadPolicyOptions {
  /** Slug of the department. */
  readonly source: string;
  /** For one read with all its retries and its time in the queue. */
  readonly timeoutMs?: number;
  /** Retries of one read, besides the first try; they also need the budget of the policy and time before the deadline. */
  readonly retries?: number;
  /** Reads at a time; `queue` more wait, within the deadline; the rest is refused. One profile makes up to six. */
  readonly concurrency?: number;
  readonly queue?: number;
  /** Failed tries in a row after which the department is left alone. */
  readonly failuresToOpen?: number;
  /** How long at first; twice as long after each probe that fails, up to 30 s: a short outage costs little, a long one asks little. */
  readonly halfOpenAfterMs?: number;
  /** The longest first pause before a retry; it doubles with each. The pause is drawn between 0 and that. */
  readonly backoffMs?: number;
  /** From 0 to 1, for the pause. */
  readonly random?: () => number;
  /** Recognises the driver's own errors; `undefined` = not known to it, then the read is SOURCE_UNAVAILABLE. */
  readonly translate?: (error: unknown) => SourceError | undefined;
}

export interface RunOptions {
  /** The caller's. Its abort ends the read as SOURCE_TIMEOUT and does not count against the department. */
  readonly signal?: AbortSignal | undefined;
  /** `false` for what must not happen twice. */
  readonly retry?: boolean;
}

export interface ReadPolicy {
  /** Runs one read; throws nothing but `SourceError`. The operation should stop when its signal says so. */
  run<T>(operation: (signal: AbortSignal) => Promise<T>, options?: RunOptions): Promise<T>;
  /** Of the circuit breaker. */
  readonly state: 'closed' | 'open' | 'half-open';
}

const LONGEST_PAUSE_MS = 2_000;
const LONGEST_OPEN_MS = 30_000;

/** The caller went away; no fault of the department. */
class CallerGone extends Error {}

/**
 * How the hub reads from a department: deadline, retries within a budget, circuit breaker, limit of reads at a time.
 * One policy a department's door, since the breaker and the budget belong to the system behind it.
 */
export function readPolicy(options: ReadPolicyOptions): ReadPolicy {
  const { source, timeoutMs = 3_000, concurrency = 20, queue = 1_000 } = options;
  const { failuresToOpen = 5, halfOpenAfterMs = 500 } = options;
  // Its signal is aborted on return too: what a refused answer still sends is not waited for.
  const deadline = timeout(timeoutMs, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: true });
  const limit = bulkhead(concurrency, queue);
  // While half open cockatiel takes an error that it does not handle for a success: a caller who goes away during the
  // probe must not close the breaker.
  const breaker: CircuitBreakerPolicy = circuitBreaker(
    handleWhen(
      (error) => isFailureOf(error) || (breaker.state === CircuitState.HalfOpen && !(error instanceof SourceError)),
    ),
    { breaker: new ConsecutiveBreaker(failuresToOpen), halfOpenAfter: pausesFrom(halfOpenAfterMs) },
  );
  breaker.onStateChange((state) => {
    if (moments.breaker.hasSubscribers)
      moments.breaker.publish({ kind: 'department', name: source, breaker, state: stateName(state) });
  });
  const retrying = retryRule(options, timeoutMs);

  let openedAt = 0;
  breaker.onBreak(() => {
    openedAt = Date.now();
  });
  /** cockatiel measures by the wall clock: after it was set back, the breaker would stay open for as long. */
  function forgiveClock(): void {
    if (breaker.state === CircuitState.Open && Date.now() < openedAt) breaker.isolate().dispose();
  }

  async function run<T>(operation: (signal: AbortSignal) => Promise<T>, { signal, retry = true }: RunOptions = {}) {
    const attempt = watchedTries(source, async (own: AbortSignal) =>
      attemptOf(operation, { own, caller: signal, options }),
    );
    try {
      forgiveClock();
      // While half open, the probe is under way: cockatiel would make the others wait for its outcome.
      if (breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
      // A caller who has gone must not use up the probe.
      if (signal?.aborted) throw new CallerGone();
      const guarded = (own: AbortSignal) => breaker.execute(() => limit.execute(() => attempt(own), own), own);
      return await deadline.execute(
        ({ signal: own }) => (retry ? retrying().execute(() => guarded(own), own) : guarded(own)),
        signal,
      );
    } catch (error) {
      if (error instanceof SourceError) throw error;
      if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source, cause: signal.reason });
      if (isTaskCancelledError(error)) throw new SourceError('SOURCE_TIMEOUT', { source, cause: error });
      const cause = isBrokenCircuitError(error) ? lastFailure(breaker.lastFailure) : error;
      throw new SourceError('SOURCE_UNAVAILABLE', { source, cause });
    }
  }

  return {
    run,
    get state() {
      return stateName(breaker.state);
    },
  };
}

/**
 * The tries of one read, each as a piece of work. They are of this read also where they had to queue, and are begun by the
 * end of another's: so they are bound to where they were asked for.
 */
function watchedTries<T>(department: string, attempt: (own: AbortSignal) => Promise<T>): typeof attempt {
  if (!isWatched(work.attempt)) return attempt;
  let tries = 0;
  return AsyncResource.bind(async (own: AbortSignal) => {
    tries += 1;
    return watched(work.attempt, { department, attempt: tries }, async () => attempt(own));
  });
}

function pausesFrom(initialDelay: number): ExponentialBackoff<number> {
  const maxDelay = Math.max(initialDelay, LONGEST_OPEN_MS);
  return new ExponentialBackoff({ generator: noJitterGenerator, initialDelay, maxDelay });
}

interface Attempt {
  readonly own: AbortSignal;
  readonly caller: AbortSignal | undefined;
  readonly options: ReadPolicyOptions;
}

/** One try. It ends when the signal says so even if the operation does not listen, and fails with a `SourceError`. */
async function attemptOf<T>(operation: (signal: AbortSignal) => Promise<T>, { own, caller, options }: Attempt) {
  const { source, translate } = options;
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () =>
    reject(caller?.aborted ? new CallerGone() : new SourceError('SOURCE_TIMEOUT', { source, cause: own.reason }));
  own.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([operation(own), stopped]);
  } catch (error) {
    if (error instanceof SourceError || error instanceof CallerGone) throw error;
    const code = isNonsense(error) ? 'SOURCE_INVALID' : 'SOURCE_UNAVAILABLE';
    throw translate?.(error) ?? new SourceError(code, { source, cause: error });
  } finally {
    own.removeEventListener('abort', stop);
  }
}

/** Makes the retry rule of one read: cockatiel asks the filter first, which settles the pause that it takes next. */
function retryRule(
  { source, retries = 2, backoffMs = 50, random = Math.random }: ReadPolicyOptions,
  timeoutMs: number,
) {
  const budget = retryBudget();
  return () => {
    const deadlineAt = Date.now() + timeoutMs;
    let tries = 0;
    let pauseMs = 0;
    budget.deposit();
    const worthARetry = (error: unknown) => {
      if (!(error instanceof SourceError && error.transient) || tries >= retries) return false;
      const longest = Math.min(LONGEST_PAUSE_MS, backoffMs * 2 ** tries);
      pauseMs = Math.max(random() * longest, error.retryAfterMs ?? 0);
      if (Date.now() + pauseMs >= deadlineAt || !budget.withdraw()) return false;
      tries += 1;
      if (moments.retry.hasSubscribers) moments.retry.publish({ kind: 'department', name: source });
      return true;
    };
    return retry(handleWhen(worthARetry), { maxAttempts: retries, backoff: new DelegateBackoff(() => pauseMs) });
  };
}

/** Nonsense does not count: one person's malformed record must not shut off a department for everybody. */
function isFailureOf(error: unknown): boolean {
  return error instanceof SourceError && error.code !== 'SOURCE_INVALID';
}

function isNonsense(error: unknown): boolean {
  return error instanceof z.ZodError || error instanceof SyntaxError;
}

function lastFailure(reason: { error: unknown } | { value: unknown } | undefined): unknown {
  return reason && 'error' in reason ? reason.error : undefined;
}

function stateName(state: CircuitState): ReadPolicy['state'] {
  if (state === CircuitState.Closed) return 'closed';
  return state === CircuitState.HalfOpen ? 'half-open' : 'open';
}
