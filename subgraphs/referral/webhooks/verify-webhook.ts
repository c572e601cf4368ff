import { z } from 'zod';
import type { WebhookAnswer } from '../../../adapters/webhooks/port.ts';
import { messageId } from '../changes/message-id.ts';
import { changeWebhook } from './change-webhook.ts';
import { isDelivered } from './delivery-state.ts';
import { signedMessage } from './signed-message.ts';
import type { StoredWebhook, Webhook } from './webhook.ts';
import { refusedWebhook, type WebhookRefusal } from './webhook-refusal.ts';
import { signingSecrets } from './webhook-secret.ts';
import { doneWith, ownWebhook, webhookEvents, type WebhookOutcome, type WebhookWork } from './webhook-work.ts';

/** Between two challenges of one endpoint: the hub is no means to knock at doors. */
const PAUSE_MS = 10_000;

const echo = z.object({ challenge: z.string() });

/**
 * Sends the receiver a signed challenge, which it has to give back: that it is there, wants this, and has the secret. An
 * endpoint that was verified before stays as it is.
 */
export async function verifyWebhook(work: WebhookWork, id: string): Promise<WebhookOutcome> {
  const own = await ownWebhook(work, id);
  if (own === null) return refusedWebhook('NOT_FOUND', 'webhookId');
  if (own.data.state !== 'PENDING') return doneWith(own);
  const challenged = await changeWebhook(work.store, id, (data) => mayChallenge(data, work.now()));
  if (challenged === null) return refusedWebhook('TOO_SOON');
  const refusal = await challenge(work, challenged);
  if (refusal !== null) return refusedWebhook(refusal);
  const verifiedAt = new Date(work.now()).toISOString();
  const verified = await changeWebhook(
    work.store,
    id,
    (data) => (data.state === 'PENDING' ? { ...data, state: 'ACTIVE', verifiedAt } : null),
    webhookEvents(work, 'WEBHOOK_VERIFIED'),
  );
  return verified === null ? verifyWebhookAgain(work, id) : doneWith(verified);
}

/** Somebody else changed it while the challenge was under way. */
async function verifyWebhookAgain(work: WebhookWork, id: string): Promise<WebhookOutcome> {
  const now = await ownWebhook(work, id);
  return now === null ? refusedWebhook('NOT_FOUND', 'webhookId') : doneWith(now);
}

function mayChallenge(data: Webhook, now: number): Webhook | null {
  const last = data.challengedAt === null ? -Infinity : Date.parse(data.challengedAt);
  return data.state === 'PENDING' && now - last >= PAUSE_MS
    ? { ...data, challengedAt: new Date(now).toISOString() }
    : null;
}

async function challenge(
  { vault, sender, now, newId }: WebhookWork,
  webhook: StoredWebhook,
): Promise<WebhookRefusal['code'] | null> {
  const [text, at] = [newId(), now()];
  const body = JSON.stringify({
    type: 'webhook.verification',
    timestamp: new Date(at).toISOString(),
    data: { challenge: text },
  });
  const secrets = signingSecrets(vault, webhook, at);
  const message = signedMessage({ url: webhook.data.url, id: messageId(`challenge:${text}`), body, secrets, now: at });
  const answer = await sender.send(message);
  if (answer.kind !== 'ANSWERED') return 'RECEIVER_UNREACHABLE';
  return isDelivered(answer) && echoed(answer) === text ? null : 'CHALLENGE_UNANSWERED';
}

function echoed({ body }: Extract<WebhookAnswer, { kind: 'ANSWERED' }>): string | null {
  try {
    return echo.parse(JSON.parse(body)).challenge;
  } catch {
    return null;
  }
}
