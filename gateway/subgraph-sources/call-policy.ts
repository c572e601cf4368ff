import { retryBudget } from '../../adapters/shared/retry-budget.ts';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { moments } from '../../adapters/shared/watched-work.ts';
import { RequestDeadline } from '../request-deadline.ts';
import { circuitBreaker, type CircuitBreaker, type CircuitBreakerOptions } from './circuit-breaker.ts';

export interface CallPolicyOptions extends CircuitBreakerOptions {
  /** Name of the subgraph. */
  readonly source: string;
  /** For one call with all its tries and its time in the queue. */
  readonly timeoutMs: number;
  /** Besides the first try; they also need the budget of the policy and time before the deadline. */
  readonly retries?: number;
  /** The longest first pause before a retry; it doubles with each. The pause is drawn between 0 and that. */
  readonly backoffMs?: number;
  /** From 0 to 1, for the pause. */
  readonly random?: () => number;
}

/** What becomes of one try: exactly one of these, once. */
export interface Outcome<T> {
  answered(answer: T): void;
  failed(error: SourceError): void;
  /** It was not made at all, for a reason of our own. */
  refused(error: SourceError): void;
}

/** Begins one try and returns what stops it; a stopped try tells no outcome. */
export type Attempt<T> = (outcome: Outcome<T>) => () => void;

export interface CallPolicy {
  /** Makes one call; rejects with nothing but `SourceError`. The abort of `signal` (its request) ends it as SOURCE_TIMEOUT. */
  run<T>(attempt: Attempt<T>, options: { signal: AbortSignal; retry: boolean }): Promise<T>;
  readonly state: CircuitBreaker['state'];
}

const LONGEST_PAUSE_MS = 2_000;
/** Of its deadline: who was waited for so long, until the request was over, has failed. */
const MOST = 0.5;

/**
 * How the hub calls a subgraph: deadline, retries within a budget, circuit breaker. The same rules as `readPolicy` has
 * for departments' systems, at a tenth of its price: a request makes seven such calls, and little else.
 */
export function callPolicy(options: CallPolicyOptions): CallPolicy {
  const { source, timeoutMs } = options;
  const breaker = circuitBreaker({
    ...options,
    changed: (state) => {
      if (moments.breaker.hasSubscribers)
        moments.breaker.publish({ kind: 'subgraph', name: source, breaker: budget, state });
    },
  });
  const budget = retryBudget();
  const pauseBefore = pauses(options);
  const late = (cause: unknown) => new SourceError('SOURCE_TIMEOUT', { source, cause });

  /** The pause before the next try; `null` = no other try. */
  function nextPause(error: SourceError, { tries, deadlineAt }: { tries: number; deadlineAt: number }): number | null {
    const pauseMs = error.transient ? pauseBefore(tries, error) : null;
    return pauseMs === null || performance.now() + pauseMs >= deadlineAt || !budget.withdraw() ? null : pauseMs;
  }

  async function run<T>(attempt: Attempt<T>, { signal, retry }: { signal: AbortSignal; retry: boolean }): Promise<T> {
    // A caller who has gone must not use up the probe.
    if (signal.aborted) throw late(signal.reason);
    budget.deposit();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const deadlineAt = performance.now() + timeoutMs;
    const tried = outcomesOf(breaker);
    let tries = 0;
    /** Ends the try or the pause under way. */
    let stop = () => {};
    const timer = setTimeout(() => end('failed', late(new Error('deadline'))), timeoutMs);
    const gone = () => {
      const remainingMs = deadlineAt - performance.now();
      const waitedMost = signal.reason instanceof RequestDeadline && remainingMs <= timeoutMs * (1 - MOST);
      end(waitedMost ? 'failed' : 'abandoned', late(signal.reason));
    };
    signal.addEventListener('abort', gone, { once: true });

    function tryOnce(): void {
      if (!tried.begin()) return settle(() => reject(leftAlone()));
      stop = attempt({
        answered: (answer) => {
          tried.tell('succeeded');
          settle(() => resolve(answer));
        },
        failed,
        refused: (error) => {
          tried.tell('abandoned');
          settle(() => reject(error));
        },
      });
    }

    function failed(error: SourceError): void {
      // Nonsense does not count: one person's malformed record must not shut off a subgraph for everybody.
      tried.tell(error.code === 'SOURCE_INVALID' ? 'succeeded' : 'failed', error);
      const pauseMs = retry ? nextPause(error, { tries, deadlineAt }) : null;
      if (pauseMs === null) return settle(() => reject(error));
      tries += 1;
      if (moments.retry.hasSubscribers) moments.retry.publish({ kind: 'subgraph', name: source });
      const pause = setTimeout(tryOnce, pauseMs);
      stop = () => clearTimeout(pause);
    }

    function end(outcome: 'failed' | 'abandoned', error: SourceError): void {
      stop();
      tried.tell(outcome, error);
      settle(() => reject(error));
    }

    function settle(tellCaller: () => void): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', gone);
      tellCaller();
    }

    tryOnce();
    return promise;
  }

  function leftAlone(): SourceError {
    return new SourceError('SOURCE_UNAVAILABLE', { source, cause: breaker.lastFailure });
  }

  return {
    run,
    get state() {
      return breaker.state;
    },
  };
}

/** Tells the breaker of one try after another, of each once. */
function outcomesOf(breaker: CircuitBreaker) {
  let ticket: number | null = null;
  return {
    /** Whether a try may be made. */
    begin(): boolean {
      ticket = breaker.admit();
      return ticket !== null;
    },
    tell(outcome: 'succeeded' | 'failed' | 'abandoned', cause: Error | null = null): void {
      if (ticket === null) return;
      if (outcome === 'failed') breaker.failed(ticket, cause ?? new Error('failed'));
      else breaker[outcome](ticket);
      ticket = null;
    },
  };
}

/** Makes the pause before a retry: drawn at random, doubling, never shorter than the subgraph asked for; `null` after the last. */
function pauses({ retries = 2, backoffMs = 50, random = Math.random }: CallPolicyOptions) {
  return (tries: number, { retryAfterMs }: SourceError): number | null => {
    if (tries >= retries) return null;
    return Math.max(random() * Math.min(LONGEST_PAUSE_MS, backoffMs * 2 ** tries), retryAfterMs ?? 0);
  };
}
