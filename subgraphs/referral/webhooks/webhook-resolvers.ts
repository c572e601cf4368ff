import type {
  MutationRegisterWebhookArgs,
  MutationRotateWebhookSecretArgs,
  MutationVerifyWebhookArgs,
  QueryWebhookDeadLettersArgs,
} from '../../../schema/generated/api-types.ts';
import { connection, pageSize } from '../../shared/connection.ts';
import { feedLog } from '../changes/feed.ts';
import { messageId } from '../changes/message-id.ts';
import type { ReferralContext } from '../referral-context.ts';
import { deleteWebhook, pauseWebhook, resumeWebhook, rotateWebhookSecret } from './move-webhook.ts';
import { registerWebhook } from './register-webhook.ts';
import { deadLetters, replayDeadLetters } from './replay-dead-letters.ts';
import { verifyWebhook } from './verify-webhook.ts';
import type { StoredWebhook } from './webhook.ts';
import { webhookUserErrors } from './webhook-refusal.ts';
import { ownWebhooks, type WebhookOutcome, type WebhookWork } from './webhook-work.ts';

const workOf = ({ reads, vault, sender, newId, request, by }: ReferralContext): WebhookWork => ({
  store: reads.store,
  now: reads.now,
  caller: request.caller,
  vault,
  sender,
  newId,
  by,
});

export const webhookQueries = {
  webhooks: async (_root: unknown, _args: unknown, context: ReferralContext) =>
    (await ownWebhooks(workOf(context))).map(shownWebhook),
  webhookDeadLetters: async (
    _root: unknown,
    { webhookId, first, after = null }: QueryWebhookDeadLettersArgs,
    context: ReferralContext,
  ) => {
    const page = await deadLetters(workOf(context), { webhookId, after, first: pageSize(first) });
    if (page === null) return null;
    return connection(page.items, { more: page.next !== null, after }, ({ data }) => ({
      ...data,
      id: messageId(data.eventId),
    }));
  },
};

export const webhookMutations = {
  registerWebhook: async (_root: unknown, { input }: MutationRegisterWebhookArgs, context: ReferralContext) =>
    payload(await registerWebhook(workOf(context), input)),
  verifyWebhook: oneWebhook(verifyWebhook),
  rotateWebhookSecret: async (_root: unknown, { input }: MutationRotateWebhookSecretArgs, context: ReferralContext) =>
    payload(await rotateWebhookSecret(workOf(context), input)),
  pauseWebhook: oneWebhook(pauseWebhook),
  resumeWebhook: oneWebhook(resumeWebhook),
  deleteWebhook: oneWebhook(deleteWebhook),
  replayWebhookDeadLetters: async (_root: unknown, { input }: MutationVerifyWebhookArgs, context: ReferralContext) => {
    const outcome = await replayDeadLetters(workOf(context), input.webhookId);
    const { replayed, more } = outcome.refusal === null ? outcome : { replayed: 0, more: false };
    return { webhook: shownOrNone(outcome.webhook), replayed, more, userErrors: webhookUserErrors(outcome.refusal) };
  },
};

export const webhookFields = {
  /** Looked up only when it is asked for. */
  behind: async ({ feed, cursor }: ShownWebhook, _args: unknown, { reads }: ReferralContext) =>
    Math.max(0, ((await reads.store.lastOfLog(feedLog(feed)))?.sequence ?? 0) - cursor),
};

function oneWebhook(move: (work: WebhookWork, id: string) => Promise<WebhookOutcome>) {
  return async (_root: unknown, { input }: MutationVerifyWebhookArgs, context: ReferralContext) =>
    payload(await move(workOf(context), input.webhookId));
}

function payload(outcome: WebhookOutcome) {
  const secret = outcome.refusal === null ? outcome.secret : null;
  return { webhook: shownOrNone(outcome.webhook), secret, userErrors: webhookUserErrors(outcome.refusal) };
}

const shownOrNone = (webhook: StoredWebhook | null) => (webhook === null ? null : shownWebhook(webhook));

type ShownWebhook = ReturnType<typeof shownWebhook>;

function shownWebhook({ id, data }: StoredWebhook) {
  const { url, state, pausedBecause, createdAt, verifiedAt, lastDeliveryAt, lastFailure, retrying } = data;
  return {
    id,
    url,
    state,
    pausedBecause,
    createdAt,
    verifiedAt,
    lastDeliveryAt,
    lastFailureAt: lastFailure?.at ?? null,
    lastFailureReason: lastFailure?.reason ?? null,
    retrying: retrying.length,
    feed: data.reader.feed,
    cursor: data.cursor,
  };
}
