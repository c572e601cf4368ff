import { Webhook } from 'standardwebhooks';
import type { WebhookMessage } from '../../../adapters/webhooks/port.ts';
import type { FeedChange } from '../changes/feed.ts';

interface Signed {
  readonly url: string;
  /** The same at every try: receivers know by it what they have already. */
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly string[];
  /** Of this try. */
  readonly now: number;
}

/** A message with the headers of Standard Webhooks, signed under each secret. */
export function signedMessage({ url, id, body, secrets, now }: Signed): WebhookMessage {
  const at = new Date(now);
  return {
    url,
    body,
    headers: {
      'user-agent': 'xinqiao-webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now / 1_000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
    },
  };
}

/** Ids, state and version: what has happened is asked of the hub, with a token (case 66). */
export function changeBody({ referralId, change, state, version, at }: FeedChange): string {
  return JSON.stringify({ type: 'referral.changed', timestamp: at, data: { referralId, change, state, version } });
}
