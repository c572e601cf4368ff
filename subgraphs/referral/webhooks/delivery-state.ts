import type { WebhookAnswer } from '../../../adapters/webhooks/port.ts';
import { nextTry } from './retry-schedule.ts';
import type { Retry, Webhook } from './webhook.ts';

/** Messages of one endpoint that are tried again; while there is no room for one more, it goes no further in its feed. */
export const MAX_RETRYING = 100;
/** Failures in a row after which a receiver counts as down: then only what is due again is tried. */
const DOWN_AFTER = 4;
const GONE = 410;

export interface Tried {
  readonly eventId: string;
  readonly sequence: number;
  readonly answer: WebhookAnswer;
  /** Drawn for it, from 0 to 1. */
  readonly random: number;
}

/** How a receiver stands: it took the last message, or not, or so often not that it counts as down. */
export const WEBHOOK_STANDINGS = ['well', 'troubled', 'down'] as const;

export function standingOf({ failuresInARow }: Webhook): (typeof WEBHOOK_STANDINGS)[number] {
  if (failuresInARow >= DOWN_AFTER) return 'down';
  return failuresInARow === 0 ? 'well' : 'troubled';
}

/** How many new messages the endpoint has room for. */
export function roomFor({ retrying, failuresInARow }: Webhook): number {
  const down = failuresInARow >= DOWN_AFTER;
  // What is down and has nothing to try again would never be tried again at all.
  if (down) return retrying.length === 0 ? 1 : 0;
  return MAX_RETRYING - retrying.length;
}

export const dueRetries = ({ retrying }: Webhook, now: number): readonly Retry[] =>
  retrying.filter(({ nextAt }) => Date.parse(nextAt) <= now).toSorted((a, b) => a.sequence - b.sequence);

export const isDelivered = (answer: WebhookAnswer): boolean =>
  answer.kind === 'ANSWERED' && answer.status >= 200 && answer.status < 300;

/** What became of a try, in a word without anything that the receiver wrote. */
const reasonOf = (answer: WebhookAnswer): string =>
  answer.kind === 'ANSWERED' ? `HTTP_${answer.status}` : answer.kind;

export interface Afterwards {
  readonly webhook: Webhook;
  /** Tried for three days. */
  readonly dead: readonly (Retry & { readonly reason: string })[];
}

/**
 * The endpoint after some tries. `end` is how far its feed was looked through. One state leads to one other, whatever
 * was done to the endpoint while the messages were under way.
 */
export function afterTries(
  before: Webhook,
  { tried, end, now }: { tried: readonly Tried[]; end: number; now: number },
): Afterwards {
  const at = new Date(now).toISOString();
  const known = new Map(before.retrying.map((retry) => [retry.eventId, retry]));
  const dead: (Retry & { reason: string })[] = [];
  for (const { eventId, sequence, answer, random } of tried) {
    const { attempts, firstAt } = known.get(eventId) ?? { attempts: 0, firstAt: at };
    known.delete(eventId);
    if (isDelivered(answer)) continue;
    const retryAfterMs = answer.kind === 'ANSWERED' ? answer.retryAfterMs : null;
    const failed = { attempts: attempts + 1, firstAt: Date.parse(firstAt), now, retryAfterMs, random };
    const next = nextTry(failed);
    const retry = {
      eventId,
      sequence,
      attempts: failed.attempts,
      firstAt,
      nextAt: new Date(next ?? now).toISOString(),
    };
    if (next === null) dead.push({ ...retry, reason: reasonOf(answer) });
    else known.set(eventId, retry);
  }
  const webhook = { ...before, ...standing(before, tried, at), cursor: Math.max(before.cursor, end) };
  return { webhook: { ...webhook, retrying: comeBack(before, tried, [...known.values()], at) }, dead };
}

/** A receiver that was down and is there again gets at once what waited for it. */
function comeBack(before: Webhook, tried: readonly Tried[], retrying: readonly Retry[], at: string): readonly Retry[] {
  const isBack = before.failuresInARow >= DOWN_AFTER && tried.every(({ answer }) => isDelivered(answer));
  return isBack && tried.length > 0 ? retrying.map((retry) => ({ ...retry, nextAt: at })) : retrying;
}

function standing(before: Webhook, tried: readonly Tried[], at: string): Partial<Webhook> {
  let { failuresInARow, lastDeliveryAt, lastFailure } = before;
  for (const { answer } of tried) {
    const delivered = isDelivered(answer);
    failuresInARow = delivered ? 0 : failuresInARow + 1;
    if (delivered) lastDeliveryAt = at;
    else lastFailure = { at, reason: reasonOf(answer) };
  }
  const gone = tried.some(({ answer }) => answer.kind === 'ANSWERED' && answer.status === GONE);
  // Standard Webhooks: a receiver that is gone for good is sent nothing more. What waits for it, waits.
  const paused = gone && before.state === 'ACTIVE' ? ({ state: 'PAUSED', pausedBecause: 'GONE' } as const) : {};
  return { failuresInARow, lastDeliveryAt, lastFailure, ...paused };
}
