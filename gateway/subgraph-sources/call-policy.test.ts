import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { SourceError, type SourceErrorCode } from '../../adapters/shared/source-error.ts';
import { RequestDeadline } from '../request-deadline.ts';
import { callPolicy, type CallPolicyOptions, type Outcome } from './call-policy.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const failure = (code: SourceErrorCode = 'SOURCE_UNAVAILABLE', retryAfterMs: number | null = null) =>
  new SourceError(code, { source: 'health', retryAfterMs });

type Behaviour = (outcome: Outcome<string>) => void;
const answering: Behaviour = ({ answered }) => answered('rows');
const failing =
  (error = failure()): Behaviour =>
  ({ failed }) =>
    failed(error);
const hanging: Behaviour = () => {};

/** A policy and its calls: the nth try behaves as the nth of these, further ones as the last. */
function policyWith(options: Partial<CallPolicyOptions> = {}) {
  const policy = callPolicy({ source: 'health', timeoutMs: 1_000, random: () => 1, ...options });
  const seen = { tries: 0, stopped: 0 };
  const run = async (
    behaviours: readonly Behaviour[],
    { signal = new AbortController().signal, retry = true } = {},
  ): Promise<string> => {
    let nth = 0;
    const call = policy.run<string>(
      (outcome) => {
        seen.tries += 1;
        const behaviour = behaviours[Math.min(nth, behaviours.length - 1)] ?? hanging;
        nth += 1;
        queueMicrotask(() => behaviour(outcome));
        return () => void (seen.stopped += 1);
      },
      { signal, retry },
    );
    call.catch(() => {});
    await jest.advanceTimersByTimeAsync(0);
    return call;
  };
  return { policy, seen, run };
}

/** What a call came to, after this time. */
async function after(ms: number, call: Promise<string>) {
  const outcome = call.catch((error: SourceError) => error.code);
  await jest.advanceTimersByTimeAsync(ms);
  return Promise.race([outcome, Promise.resolve('nothing yet')]);
}

describe('retries', () => {
  test('a read that fails is tried again after a pause that doubles, twice', async () => {
    const { seen, run } = policyWith({ backoffMs: 50 });
    const call = run([failing()]);
    for (const [ms, tries] of [
      [49, 1],
      [1, 2],
      [99, 2],
      [1, 3],
    ] as const) {
      await jest.advanceTimersByTimeAsync(ms);
      expect(seen.tries).toBe(tries);
    }
    await expect(call).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  test('and is answered when one of them succeeds', async () => {
    const { run } = policyWith();
    expect(await after(50, run([failing(), answering]))).toBe('rows');
  });

  test.each([
    ['what changes something', failure(), false],
    ['what was answered nonsense', failure('SOURCE_INVALID'), true],
    ['what was refused for good', new SourceError('SOURCE_UNAVAILABLE', { source: 'health', transient: false }), true],
    ['what is asked to pause beyond its deadline', failure('SOURCE_UNAVAILABLE', 2_000), true],
  ])('%s is not tried again', async (_, error, retry) => {
    const { seen, run } = policyWith();
    await expect(run([failing(error)], { retry })).rejects.toBe(error);
    expect(seen.tries).toBe(1);
  });

  test('a pause that the subgraph asked for is kept', async () => {
    const { run } = policyWith();
    const call = run([failing(failure('SOURCE_UNAVAILABLE', 300)), answering]);
    expect(await after(299, call)).toBe('nothing yet');
    expect(await after(1, call)).toBe('rows');
  });

  test('a subgraph that is ill is not asked several times as often: the budget runs out', async () => {
    const { seen, run } = policyWith({ retries: 1, failuresToOpen: 1_000 });
    for (let i = 0; i < 50; i += 1) await after(50, run([failing()]));
    // 50 first tries, 10 saved up, a fifth of a retry earned by each.
    expect(seen.tries).toBeGreaterThan(60);
    expect(seen.tries).toBeLessThanOrEqual(70);
  });
});

describe('deadline', () => {
  test('a call that hangs ends as SOURCE_TIMEOUT, and what it began is stopped', async () => {
    const { seen, run } = policyWith({ timeoutMs: 300 });
    const call = run([hanging]);
    expect(await after(299, call)).toBe('nothing yet');
    expect(await after(1, call)).toBe('SOURCE_TIMEOUT');
    expect(seen).toEqual({ tries: 1, stopped: 1 });
  });

  test('it holds for all tries together, and there is none after it', async () => {
    const { seen, run } = policyWith({ timeoutMs: 60 });
    expect(await after(60, run([failing(), hanging]))).toBe('SOURCE_TIMEOUT');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(seen.tries).toBe(2);
  });

  test('nothing is left behind of a call that is over', async () => {
    const { run } = policyWith();
    const { signal } = new AbortController();
    await run([answering], { signal });
    expect([jest.getTimerCount(), getEventListeners(signal, 'abort')]).toEqual([0, []]);
  });
});

describe('the request is over', () => {
  test('before: nothing is asked', async () => {
    const { seen, run } = policyWith();
    await expect(run([answering], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(seen.tries).toBe(0);
  });

  test.each<[string, readonly Behaviour[], number]>([
    ['during a try: it is stopped', [hanging], 1],
    ['during a pause: there is no other try', [failing()], 0],
  ])('%s', async (_, behaviours, stopped) => {
    const { policy, seen, run } = policyWith({ failuresToOpen: 2 });
    const client = new AbortController();
    const call = run(behaviours, { signal: client.signal });
    await jest.advanceTimersByTimeAsync(1);
    client.abort();
    expect(await after(5_000, call)).toBe('SOURCE_TIMEOUT');
    expect(seen).toEqual({ tries: 1, stopped });
    expect(policy.state).toBe('closed');
    expect(jest.getTimerCount()).toBe(0);
  });

  test.each<[string, Error, number, 'open' | 'closed']>([
    ['by its deadline, when most of the time of a call is over: that failed', new RequestDeadline(), 600, 'open'],
    ['by its deadline, soon after the call began: that says nothing', new RequestDeadline(), 400, 'closed'],
    ['because the client went, however late: that says nothing', new Error('gone'), 900, 'closed'],
  ])('%s', async (_, reason, afterMs, state) => {
    const { policy, run } = policyWith({ failuresToOpen: 1 });
    const request = new AbortController();
    const call = run([hanging], { signal: request.signal });
    await jest.advanceTimersByTimeAsync(afterMs);
    request.abort(reason);
    expect(await after(0, call)).toBe('SOURCE_TIMEOUT');
    expect(policy.state).toBe(state);
  });

  test('during the probe: the next call is the probe', async () => {
    const { policy, run } = policyWith({ failuresToOpen: 1, retries: 0, halfOpenAfterMs: 100 });
    await after(0, run([failing()]));
    await jest.advanceTimersByTimeAsync(100);
    const client = new AbortController();
    const probe = run([hanging], { signal: client.signal });
    await jest.advanceTimersByTimeAsync(0);
    expect(policy.state).toBe('half-open');
    client.abort();
    expect(await after(0, probe)).toBe('SOURCE_TIMEOUT');
    expect(await after(0, run([answering]))).toBe('rows');
    expect(policy.state).toBe('closed');
  });
});

describe('circuit breaker', () => {
  const opened = async () => {
    const made = policyWith({ retries: 0, failuresToOpen: 2, halfOpenAfterMs: 100 });
    for (let i = 0; i < 2; i += 1) await after(0, made.run([failing()]));
    made.seen.tries = 0;
    return made;
  };

  test('after failures in a row nobody asks and nobody waits; the cause is the last failure', async () => {
    const { policy, seen, run } = await opened();
    expect(policy.state).toBe('open');
    await expect(run([answering])).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      cause: expect.any(SourceError),
    });
    expect(seen.tries).toBe(0);
  });

  test('one call probes, the others are refused meanwhile; its answer closes the breaker', async () => {
    const { policy, seen, run } = await opened();
    await jest.advanceTimersByTimeAsync(100);
    const probe = run([({ answered }) => void setTimeout(answered, 10, 'rows')]);
    const other = run([answering]);
    expect(await after(0, other)).toBe('SOURCE_UNAVAILABLE');
    expect(await after(10, probe)).toBe('rows');
    expect([policy.state, seen.tries]).toEqual(['closed', 1]);
  });

  test('timeouts open it, nonsense does not', async () => {
    const { policy, run } = policyWith({ retries: 0, failuresToOpen: 2, timeoutMs: 10 });
    for (let i = 0; i < 5; i += 1) await after(0, run([failing(failure('SOURCE_INVALID'))]));
    expect(policy.state).toBe('closed');
    for (let i = 0; i < 2; i += 1) await after(10, run([hanging]));
    expect(policy.state).toBe('open');
  });

  test('what our own queue refused says nothing of the subgraph', async () => {
    const { policy, run } = policyWith({ failuresToOpen: 1 });
    const full = failure();
    await expect(run([({ refused }) => refused(full)])).rejects.toBe(full);
    expect(policy.state).toBe('closed');
  });
});
