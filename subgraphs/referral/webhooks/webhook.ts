import { z } from 'zod';
import { defineCollection, type Stored } from '../../../adapters/store/port.ts';
import { feedReaderSchema } from '../changes/feed.ts';

const instant = z.string();

/** A message that failed and is tried again. Its text stays in the feed. */
const retrySchema = z
  .object({
    eventId: z.string(),
    sequence: z.number().int(),
    /** Tries so far. */
    attempts: z.number().int(),
    firstAt: instant,
    nextAt: instant,
  })
  .readonly();
export type Retry = z.infer<typeof retrySchema>;

const webhookSchema = z
  .object({
    /** Whose feed it tells of, cut to the jurisdiction of who registered it. */
    reader: feedReaderSchema,
    url: z.string(),
    /** `PENDING` until the receiver has answered the challenge. */
    state: z.enum(['PENDING', 'ACTIVE', 'PAUSED', 'DELETED']),
    /** `GONE`: the receiver said 410. */
    pausedBecause: z.enum(['OWNER', 'GONE']).nullable(),
    createdAt: instant,
    challengedAt: instant.nullable(),
    verifiedAt: instant.nullable(),
    /** Of the secret. No secret is kept: each follows from the vault's key, this id and the generation. */
    generation: z.number().int(),
    /** Generations before, which sign as well until then. */
    previous: z.array(z.object({ generation: z.number().int(), until: instant }).readonly()).readonly(),
    /** Everything up to this entry of the feed was delivered, is being retried or is a dead letter. */
    cursor: z.number().int(),
    retrying: z.array(retrySchema).readonly(),
    failuresInARow: z.number().int(),
    lastDeliveryAt: instant.nullable(),
    lastFailure: z.object({ at: instant, reason: z.string() }).readonly().nullable(),
    /** Who delivers at the moment, so that several instances deliver once. */
    lease: z.object({ id: z.string(), until: instant }).readonly().nullable(),
    created: z.object({ client: z.string(), key: z.string(), url: z.string() }).readonly(),
    /** Key of the last rotation. */
    rotated: z.string().nullable(),
  })
  .readonly();
export type Webhook = z.infer<typeof webhookSchema>;
export type StoredWebhook = Stored<Webhook>;

/** Who asks to be told of changes, and how far they were told. */
export const webhooks = defineCollection({
  name: 'webhook',
  schema: webhookSchema,
  keys: ({ created, state }: Webhook) => (state === 'DELETED' ? [] : [registrationKey(created)]),
  indexes: {
    byFeed: ({ reader, state }: Webhook) => (state === 'DELETED' ? [] : [reader.feed]),
    byState: ({ state }: Webhook) => [state],
  },
});

export const registrationKey = ({ client, key }: { client: string; key: string }): string =>
  JSON.stringify([client, key]);
