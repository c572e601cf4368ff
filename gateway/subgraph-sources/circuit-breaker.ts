export interface CircuitBreakerOptions {
  /** Failures in a row after which the subgraph is left alone. */
  readonly failuresToOpen?: number;
  /** How long at first; twice as long after each probe that fails, up to `longestOpenMs`. */
  readonly halfOpenAfterMs?: number;
  readonly longestOpenMs?: number;
  /** In milliseconds, monotonic: a wall clock that is set back would keep it open. */
  readonly now?: () => number;
  readonly changed?: (state: CircuitBreaker['state']) => void;
}

/** Stands for the time between two changes of state: the outcome of a call from before says nothing any more. */
type Ticket = number;

export interface CircuitBreaker {
  /** The ticket of a call that may be made now, with which its outcome is told; `null` where none may. */
  admit(): Ticket | null;
  succeeded(ticket: Ticket): void;
  failed(ticket: Ticket, cause: Error): void;
  /** The caller went away, or the call was not made: says nothing of the subgraph. */
  abandoned(ticket: Ticket): void;
  readonly state: 'closed' | 'open' | 'half-open';
  /** Why it is open, for the log. */
  readonly lastFailure: Error | null;
}

/**
 * Leaves a subgraph alone that has failed several times in a row, so that it can recover and nobody waits for it. When
 * the pause is over a single call goes first, the probe; the others are refused until its outcome.
 */
export function circuitBreaker({
  failuresToOpen = 5,
  halfOpenAfterMs = 500,
  longestOpenMs = 30_000,
  now = () => performance.now(),
  changed = () => {},
}: CircuitBreakerOptions = {}): CircuitBreaker {
  let state: CircuitBreaker['state'] = 'closed';
  let current: Ticket = 0;
  let failures = 0;
  let pauseMs = halfOpenAfterMs;
  let openUntil = 0;
  let lastFailure: Error | null = null;

  function become(next: CircuitBreaker['state']): void {
    state = next;
    current += 1;
    changed(next);
  }

  function open(): void {
    become('open');
    failures = 0;
    openUntil = now() + pauseMs;
    pauseMs = Math.min(Math.max(longestOpenMs, halfOpenAfterMs), pauseMs * 2);
  }

  return {
    admit() {
      if (state === 'half-open' || (state === 'open' && now() < openUntil)) return null;
      if (state === 'open') become('half-open');
      return current;
    },
    succeeded(ticket) {
      if (ticket !== current) return;
      failures = 0;
      if (state === 'closed') return;
      pauseMs = halfOpenAfterMs;
      become('closed');
    },
    failed(ticket, cause) {
      if (ticket !== current) return;
      lastFailure = cause;
      failures += 1;
      if (state === 'half-open' || failures >= failuresToOpen) open();
    },
    abandoned(ticket) {
      // The next call is the probe.
      if (ticket === current && state === 'half-open') become('open');
    },
    get state() {
      return state;
    },
    get lastFailure() {
      return lastFailure;
    },
  };
}
