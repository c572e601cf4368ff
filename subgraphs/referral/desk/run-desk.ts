import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceError } from '../../../adapters/shared/source-error.ts';
import { causeForLog } from '../../shared/cause-for-log.ts';
import type { Log } from '../../shared/log.ts';
import type { Round } from './desk-round.ts';

const LONGEST_PAUSE_MS = 900_000;

interface RunOptions {
  /** One round from where the one before ended. */
  readonly round: () => Promise<Round>;
  /** Before the first round and once a day. */
  readonly daily: () => Promise<void>;
  readonly everyMs: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly now?: () => number;
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const DAY_MS = 86_400_000;

/** Round after round until it is stopped. After a failure it waits longer each time, and as long as it was asked to. */
export async function runDesk({
  round,
  daily,
  everyMs,
  log,
  signal,
  now = Date.now,
  pause = until,
}: RunOptions): Promise<void> {
  let failed = 0;
  let dailyAt = now() + DAY_MS;
  while (!signal.aborted) {
    const { failures, delivered, answered } = await round();
    if (delivered + answered > 0) log.info({ delivered, answered }, 'referrals were brought over, answers back');
    for (const { source, code, cause } of failures)
      log.warn({ source, code, cause: causeForLog(cause) }, 'a direction waits');
    failed = failures.length === 0 ? 0 : failed + 1;
    if (failed === 0 && now() >= dailyAt) {
      dailyAt = now() + DAY_MS;
      await daily();
    }
    await pause(pauseAfter({ failures, failed, everyMs }), signal);
  }
}

function pauseAfter({
  failures,
  failed,
  everyMs,
}: {
  failures: readonly SourceError[];
  failed: number;
  everyMs: number;
}): number {
  const asked = Math.max(0, ...failures.map(({ retryAfterMs }) => retryAfterMs ?? 0));
  return Math.min(LONGEST_PAUSE_MS, Math.max(asked, everyMs * 2 ** failed));
}

async function until(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
