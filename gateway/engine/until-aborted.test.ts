import { expect, test } from '@jest/globals';
import { untilAborted } from './until-aborted.ts';

const never = new Promise<never>(() => {});

test('gives what the promise gives, and lets go of the signal', async () => {
  const end = new AbortController();
  const listeners = { added: 0, removed: 0 };
  const { signal } = end;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners.added += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners.removed += 1;
    remove(...args);
  };
  await expect(untilAborted(Promise.resolve(1), signal)).resolves.toBe(1);
  await expect(untilAborted(Promise.reject(new Error('its own')), signal)).rejects.toThrow('its own');
  expect(listeners).toEqual({ added: 2, removed: 2 });
});

test.each([
  ['an error', new Error('why'), 'why'],
  ['what is none', 'text', 'aborted'],
])('throws %s as soon as the signal aborts', async (_, reason, message) => {
  const end = new AbortController();
  const waiting = untilAborted(never, end.signal);
  end.abort(reason);
  await expect(waiting).rejects.toThrow(message);
  await expect(untilAborted(never, end.signal)).rejects.toThrow(message);
});
