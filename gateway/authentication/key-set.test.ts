import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { forger } from './test-support/forger.ts';
import type { KeyServerMood } from './test-support/key-server.ts';
import { refusal, verifierUnderTest } from './test-support/verifier-under-test.ts';

type UnderTest = Awaited<ReturnType<typeof verifierUnderTest>>;
const started: UnderTest[] = [];
const start = async (...options: Parameters<typeof verifierUnderTest>): Promise<UnderTest> => {
  const hub = await verifierUnderTest(...options);
  started.push(hub);
  return hub;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ close }) => close()));
});

const BROKEN: readonly KeyServerMood[] = ['hang', 'html', 'error', 'endless', 'redirect', 'garbage'];

describe('case 11: a key withdrawn from the key set', () => {
  test('signs nothing any more two minutes later, without a restart', async () => {
    const hub = await start();
    expect(await refusal(hub.verify(await hub.token()))).toBe('ACCEPTED');
    hub.keyServer.publish(hub.keys.slice(1).map(({ publicJwk }) => publicJwk));
    hub.clock.ms += 121_000;
    expect(await refusal(hub.verify(await hub.token()))).toBe('UNKNOWN_KEY');
    expect(await refusal(hub.verify(await hub.token({}, hub.keys[1])))).toBe('ACCEPTED');
  });

  test('lets no token live on in memory for more than 30 seconds', async () => {
    const hub = await start({ keys: { refreshSeconds: 1, cooldownSeconds: 0 } });
    const token = await hub.token();
    expect(await refusal(hub.verify(token))).toBe('ACCEPTED');
    hub.keyServer.publish([]);
    hub.clock.ms += 29_000;
    expect(await refusal(hub.verify(token))).toBe('ACCEPTED');
    hub.clock.ms += 1_000;
    expect(await refusal(hub.verify(token))).toBe('UNKNOWN_KEY');
  });

  test('and its successor is known at once', async () => {
    const hub = await start();
    expect(await refusal(hub.verify(await hub.token()))).toBe('ACCEPTED');
    const next = await forger('next');
    hub.keyServer.publish([next.publicJwk]);
    hub.clock.ms += 11_000;
    expect(await refusal(hub.verify(await hub.token({}, next)))).toBe('ACCEPTED');
  });
});

describe('keys that rotate refuse no token', () => {
  test('whose request comes a moment after a fetch: it waits for the next one', async () => {
    const hub = await start();
    for (let rotation = 1; rotation <= 3; rotation += 1) {
      await hub.verify(await hub.token());
      hub.clock.ms += 1;
      const next = await forger(`next-${rotation}`);
      hub.keyServer.publish([hub.key.publicJwk, next.publicJwk]);
      const asked = Array.from({ length: 20 }, async () => refusal(hub.verify(await hub.token({}, next))));
      expect(new Set(await Promise.all(asked))).toEqual(new Set(['ACCEPTED']));
    }
    expect(hub.pauses).toEqual([1_999, 1_999, 1_999]);
  });

  test('but who waits is counted: more than five hundred are refused at once', async () => {
    let over = () => {};
    const pause = async () =>
      new Promise<void>((resolve) => {
        over = resolve;
      });
    const hub = await start({ keys: { pause } });
    await hub.verify(await hub.token());
    hub.clock.ms += 1;
    const unknown = await hub.key.sign(hub.claims(), { kid: 'unknown' });
    const asked = Array.from({ length: 510 }, async () => refusal(hub.verify(unknown)));
    expect(await Promise.race(asked.slice(500))).toBe('UNKNOWN_KEY');
    expect(await Promise.race([...asked.slice(0, 500), turn('waits')])).toBe('waits');
    over();
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['UNKNOWN_KEY']));
    expect(hub.keyServer.fetches()).toBe(2);
  });
});

describe('case 12: a flood of unknown kid', () => {
  const flood = async (hub: UnderTest, tokens: number) => {
    const unknown = await Promise.all(
      Array.from({ length: tokens }, (_, i) => hub.key.sign(hub.claims(), { kid: `unknown-${i}` })),
    );
    return new Set(await Promise.all(unknown.map((token) => refusal(hub.verify(token)))));
  };

  test('fetches the keys once, and again at most every two seconds', async () => {
    const hub = await start();
    expect(await flood(hub, 200)).toEqual(new Set(['UNKNOWN_KEY']));
    expect(hub.keyServer.fetches()).toBe(1);
    const began = hub.clock.ms;
    while (hub.clock.ms < began + 60_000) {
      hub.clock.ms += 250;
      await flood(hub, 3);
    }
    expect(hub.keyServer.fetches()).toBeLessThanOrEqual(1 + (hub.clock.ms - began) / 2_000);
    expect(await refusal(hub.verify(await hub.token()))).toBe('ACCEPTED');
  });

  test.each<KeyServerMood>(['html', 'error'])('no more often when the endpoint is broken: %s', async (mood) => {
    const hub = await start();
    await hub.verify(await hub.token());
    hub.keyServer.behave(mood);
    hub.clock.ms += 11_000;
    await flood(hub, 200);
    await flood(hub, 200);
    expect(hub.keyServer.fetches()).toBe(2);
  });

  test('no more often when there never were any keys', async () => {
    const hub = await start();
    hub.keyServer.behave('error');
    expect(await flood(hub, 100)).toEqual(new Set(['KEYS_UNAVAILABLE']));
    expect(await flood(hub, 100)).toEqual(new Set(['KEYS_UNAVAILABLE']));
    expect(hub.keyServer.fetches()).toBe(1);
  });

  test('a token without kid fetches nothing', async () => {
    const hub = await start();
    expect(await refusal(hub.verify(await hub.key.sign(hub.claims(), { kid: undefined })))).toBe('MALFORMED');
    expect(hub.keyServer.fetches()).toBe(0);
  });
});

describe('case 13: the key endpoint is broken', () => {
  test.each(BROKEN)('%s: known keys go on', async (mood) => {
    const hub = await start();
    expect(await refusal(hub.verify(await hub.token()))).toBe('ACCEPTED');
    hub.keyServer.behave(mood);
    for (const later of [61_000, 121_000, 3_600_000]) {
      hub.clock.ms += later;
      expect(await refusal(hub.verify(await hub.token()))).toBe('ACCEPTED');
    }
    expect(hub.keyServer.fetches()).toBeGreaterThan(1);
  });

  test('down: known keys go on', async () => {
    const hub = await start();
    expect(await refusal(hub.verify(await hub.token()))).toBe('ACCEPTED');
    await hub.keyServer.close();
    hub.clock.ms += 121_000;
    expect(await refusal(hub.verify(await hub.token()))).toBe('ACCEPTED');
  });

  test.each(BROKEN)('%s from the start: refused, and well again later', async (mood) => {
    const hub = await start();
    hub.keyServer.behave(mood);
    expect(await refusal(hub.verify(await hub.token()))).toBe('KEYS_UNAVAILABLE');
    hub.keyServer.behave('well');
    hub.clock.ms += 10_000;
    expect(await refusal(hub.verify(await hub.token()))).toBe('ACCEPTED');
  });

  test('not for ever: after a day the keys are too old to trust', async () => {
    const failures: unknown[] = [];
    const hub = await start({ keys: { onFailure: (cause) => void failures.push(cause) } });
    expect(await refusal(hub.verify(await hub.token()))).toBe('ACCEPTED');
    hub.keyServer.behave('error');
    hub.clock.ms += 86_401_000;
    expect(await refusal(hub.verify(await hub.token()))).toBe('KEYS_UNAVAILABLE');
    expect(failures).toHaveLength(1);
  });

  test('an endless answer is cut by its length, not only by the clock', async () => {
    const failures: unknown[] = [];
    const hub = await start({ keys: { timeoutMs: 20_000, onFailure: (cause) => void failures.push(cause) } });
    hub.keyServer.behave('endless');
    expect(await refusal(hub.verify(await hub.token()))).toBe('KEYS_UNAVAILABLE');
    expect(failures).toEqual([new Error('the sign-in server answered more than 262144 bytes')]);
  });

  test('an outage costs one request its wait, not those after it', async () => {
    const failures: unknown[] = [];
    const hub = await start({ keys: { timeoutMs: 400, onFailure: (cause) => void failures.push(cause) } });
    await hub.verify(await hub.token());
    hub.keyServer.behave('hang');
    hub.clock.ms += 121_000;
    await hub.verify(await hub.token());
    expect(failures).toHaveLength(1);
    hub.clock.ms += 11_000;
    await hub.verify(await hub.token());
    // The next try runs behind this answer and has not failed yet.
    expect(failures).toHaveLength(1);
  });
});
