import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { type ReadPolicyOptions, readPolicy } from './read-policy.ts';
import { SourceError } from './source-error.ts';

const UNAVAILABLE = () => Promise.reject(new SourceError('SOURCE_UNAVAILABLE', { source: 'justice' }));
const never = () => new Promise<never>(() => undefined);

function policyWith(options: Partial<ReadPolicyOptions> = {}) {
  return readPolicy({ source: 'justice', timeoutMs: 1_000, backoffMs: 0, ...options });
}

/** Counts tries; fails the first `failures` of them. */
function flaky(failures: number, error: unknown = new SourceError('SOURCE_UNAVAILABLE', { source: 'justice' })) {
  const operation = Object.assign(
    () => {
      operation.tries += 1;
      return operation.tries <= failures ? Promise.reject(error) : Promise.resolve('rows');
    },
    { tries: 0 },
  );
  return operation;
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('retries', () => {
  test('a read that fails once is tried again', async () => {
    const operation = flaky(1);
    await expect(policyWith().run(operation)).resolves.toBe('rows');
    expect(operation.tries).toBe(2);
  });

  test('a read is given up after its retries', async () => {
    const operation = flaky(9);
    await expect(policyWith({ retries: 2 }).run(operation)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(operation.tries).toBe(3);
  });

  test('what must not happen twice is not tried again', async () => {
    const operation = flaky(1);
    await expect(policyWith().run(operation, { retry: false })).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(operation.tries).toBe(1);
  });

  test('an invalid answer is not asked for again', async () => {
    const operation = flaky(1, new SourceError('SOURCE_INVALID', { source: 'justice' }));
    await expect(policyWith().run(operation)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(operation.tries).toBe(1);
  });

  test('a pause that the department asked for is kept', async () => {
    const operation = flaky(1, new SourceError('SOURCE_UNAVAILABLE', { source: 'justice', retryAfterMs: 30 }));
    const start = performance.now();
    await expect(policyWith().run(operation)).resolves.toBe('rows');
    expect(performance.now() - start).toBeGreaterThanOrEqual(28);
  });

  test('a pause beyond the deadline ends the read at once', async () => {
    const operation = flaky(1, new SourceError('SOURCE_UNAVAILABLE', { source: 'justice', retryAfterMs: 5_000 }));
    const start = performance.now();
    await expect(policyWith().run(operation)).rejects.toMatchObject({ retryAfterMs: 5_000 });
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('an ill department is not asked twice as often: the budget runs out', async () => {
    const operation = flaky(Number.POSITIVE_INFINITY);
    const policy = policyWith({ retries: 1, failuresToOpen: 1_000 });
    for (let i = 0; i < 50; i += 1) await policy.run(operation).catch(() => undefined);
    // 50 first tries, 10 saved up, a fifth of a retry earned by each.
    expect(operation.tries).toBeGreaterThan(60);
    expect(operation.tries).toBeLessThanOrEqual(70);
  });
});

describe('deadline', () => {
  test('an operation that does not listen to its signal ends as a timeout', async () => {
    await expect(policyWith({ timeoutMs: 20 }).run(never)).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
  });

  test('the operation is told to stop', async () => {
    let told = false;
    const read = policyWith({ timeoutMs: 20 }).run((signal) => {
      signal.addEventListener('abort', () => (told = true));
      return never();
    });
    await expect(read).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(told).toBe(true);
  });

  test('it covers the time in the queue', async () => {
    const policy = policyWith({ timeoutMs: 20, concurrency: 1 });
    const reads = await Promise.allSettled([policy.run(never), policy.run(never), policy.run(never)]);
    expect(reads.map((read) => read.status === 'rejected' && (read.reason as SourceError).code)).toEqual(
      Array(3).fill('SOURCE_TIMEOUT'),
    );
  });
});

describe('the caller goes away', () => {
  test('before: nothing is asked', async () => {
    const operation = flaky(0);
    const read = policyWith().run(operation, { signal: AbortSignal.abort() });
    await expect(read).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(operation.tries).toBe(0);
  });

  test('during the read: it stops at once and does not count against the department', async () => {
    const policy = policyWith({ failuresToOpen: 1 });
    const caller = new AbortController();
    const read = policy.run(never, { signal: caller.signal });
    caller.abort();
    await expect(read).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(policy.state).toBe('closed');
  });
});

describe('circuit breaker', () => {
  const opened = async (options: Partial<ReadPolicyOptions> = {}) => {
    const policy = policyWith({ retries: 0, failuresToOpen: 2, halfOpenAfterMs: 10_000, ...options });
    for (let i = 0; i < 2; i += 1) await policy.run(UNAVAILABLE).catch(() => undefined);
    return policy;
  };
  const later = () => {
    const at = Date.now() + 10_001;
    jest.spyOn(Date, 'now').mockImplementation(() => at);
  };

  test('after failures in a row the department is not asked', async () => {
    const policy = await opened();
    const operation = flaky(0);
    expect(policy.state).toBe('open');
    await expect(policy.run(operation)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', source: 'justice' });
    expect(operation.tries).toBe(0);
  });

  test('a probe that succeeds closes it', async () => {
    const policy = await opened();
    later();
    await expect(policy.run(flaky(0))).resolves.toBe('rows');
    expect(policy.state).toBe('closed');
  });

  test('a probe that fails opens it again', async () => {
    const policy = await opened();
    later();
    await policy.run(UNAVAILABLE).catch(() => undefined);
    expect(policy.state).toBe('open');
  });

  test('after a probe that failed it is left alone for twice as long', async () => {
    const policy = await opened();
    later();
    await policy.run(UNAVAILABLE).catch(() => undefined);
    later();
    const tooEarly = flaky(0);
    await policy.run(tooEarly).catch(() => undefined);
    expect(tooEarly.tries).toBe(0);
    later();
    await expect(policy.run(flaky(0))).resolves.toBe('rows');
  });

  test('during the probe the others are answered at once', async () => {
    const policy = await opened();
    later();
    const { promise, resolve } = Promise.withResolvers<string>();
    const probe = policy.run(() => promise);
    const operation = flaky(0);
    expect(policy.state).toBe('half-open');
    await expect(policy.run(operation)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(operation.tries).toBe(0);
    resolve('rows');
    await expect(probe).resolves.toBe('rows');
    expect(policy.state).toBe('closed');
  });

  test('a caller who goes away during the probe does not close it', async () => {
    const policy = await opened();
    later();
    const caller = new AbortController();
    const probe = policy.run(never, { signal: caller.signal });
    caller.abort();
    await expect(probe).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(policy.state).toBe('open');
  });

  test('a caller who has gone already does not use up the probe', async () => {
    const policy = await opened();
    later();
    await policy.run(flaky(0), { signal: AbortSignal.abort() }).catch(() => undefined);
    await expect(policy.run(flaky(0))).resolves.toBe('rows');
  });

  test('a timeout counts whatever the operation says when it is stopped', async () => {
    const policy = policyWith({ timeoutMs: 5, retries: 0, failuresToOpen: 1 });
    const read = policy.run(
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new SyntaxError('Unexpected end')));
        }),
    );
    await expect(read).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(policy.state).toBe('open');
    // The log can see why it is open.
    await expect(policy.run(flaky(0))).rejects.toMatchObject({ cause: { code: 'SOURCE_TIMEOUT' } });
  });

  test('case 72: a clock that is set back an hour does not keep it open for an hour', async () => {
    const policy = await opened();
    const at = Date.now() - 3_600_000;
    jest.spyOn(Date, 'now').mockImplementation(() => at);
    await expect(policy.run(flaky(0))).resolves.toBe('rows');
    expect(policy.state).toBe('closed');
  });

  test('timeouts count, nonsense about one person does not', async () => {
    const slow = policyWith({ timeoutMs: 5, retries: 0, failuresToOpen: 2 });
    const nonsense = policyWith({ failuresToOpen: 2 });
    for (let i = 0; i < 3; i += 1) {
      await slow.run(never).catch(() => undefined);
      await nonsense.run(flaky(1, new SyntaxError('Unexpected token'))).catch(() => undefined);
    }
    expect([slow.state, nonsense.state]).toEqual(['open', 'closed']);
  });

  test('it opens while reads still hang, and then nobody queues behind them', async () => {
    const policy = policyWith({ concurrency: 3, retries: 0, failuresToOpen: 2, timeoutMs: 400 });
    const hanging = policy.run(never).catch(() => undefined);
    await Promise.allSettled([policy.run(UNAVAILABLE), policy.run(UNAVAILABLE)]);
    await expect(policy.run(flaky(0))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    await hanging;
  });
});

describe('limit of reads at a time', () => {
  test('no more run than allowed, the queue is served, the rest is refused', async () => {
    let running = 0;
    let most = 0;
    const policy = policyWith({ concurrency: 2, queue: 3, retries: 0 });
    const operation = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    const reads = await Promise.allSettled(Array.from({ length: 7 }, () => policy.run(operation)));
    expect(most).toBe(2);
    expect(reads.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), 'rejected', 'rejected']);
    expect(policy.state).toBe('closed');
  });

  test('fifty profiles that come at once, six reads each, are all read', async () => {
    const policy = policyWith({ retries: 0 });
    const reads = await Promise.allSettled(Array.from({ length: 300 }, () => policy.run(flaky(0))));
    expect(reads.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});

describe('errors of drivers', () => {
  test('an unknown one is SOURCE_UNAVAILABLE with its cause', async () => {
    const cause = new Error('connection refused');
    const read = policyWith({ retries: 0 }).run(() => Promise.reject(cause));
    await expect(read).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', cause });
    await expect(read).rejects.not.toThrow(/refused/);
  });

  test('a schema that did not fit is SOURCE_INVALID', async () => {
    const read = policyWith().run(async () => z.string().parse(1));
    await expect(read).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('the adapter says what its driver means', async () => {
    const translate = (cause: unknown) =>
      new SourceError('SOURCE_TIMEOUT', { source: 'justice', cause, transient: false });
    const operation = flaky(1, new Error('57014'));
    await expect(policyWith({ translate }).run(operation)).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(operation.tries).toBe(1);
  });
});
