import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the condition holds; throws when it does not in time. */
export async function until(
  condition: () => Promise<boolean>,
  { withinMs = 15_000, everyMs = 100 }: { withinMs?: number; everyMs?: number } = {},
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`still not so after ${withinMs} ms: ${String(condition)}`);
    await pause(everyMs);
  }
}
