import { z } from 'zod';
import { defineCollection, type Store, type Stored, StoreConflict } from '../../../adapters/store/port.ts';

const deadLetterSchema = z
  .object({
    webhookId: z.string(),
    eventId: z.string(),
    /** In the owner's feed, where its text is. */
    sequence: z.number().int(),
    attempts: z.number().int(),
    firstAt: z.string(),
    failedAt: z.string(),
    /** HTTP status or what else became of the last try. */
    reason: z.string(),
    replayedAt: z.string().nullable(),
  })
  .readonly();
export type DeadLetter = z.infer<typeof deadLetterSchema>;
export type StoredDeadLetter = Stored<DeadLetter>;

/** Messages that were tried for three days. They wait for their owner to replay them. */
export const deadLetterBox = defineCollection({
  name: 'webhook-dead-letter',
  schema: deadLetterSchema,
  keys: () => [],
  indexes: {
    byWebhook: ({ webhookId, replayedAt }: DeadLetter) => (replayedAt === null ? [webhookId] : []),
  },
});

/** In the order of the feed. */
const deadLetterId = (webhookId: string, sequence: number) => `${webhookId}:${String(sequence).padStart(12, '0')}`;

/** The same message dies once, also when the instance that buried it died before it could say so. */
export async function bury(store: Store, letter: Omit<DeadLetter, 'replayedAt'>): Promise<void> {
  const id = deadLetterId(letter.webhookId, letter.sequence);
  const present = await store.load(deadLetterBox, id);
  if (present !== null && present.data.replayedAt === null) return;
  await saveUnlessChanged(store, { id, version: present?.version ?? 0, data: { ...letter, replayedAt: null } });
}

export async function markReplayed(store: Store, letter: StoredDeadLetter, at: string): Promise<void> {
  await saveUnlessChanged(store, { ...letter, data: { ...letter.data, replayedAt: at } });
}

/** Who was faster has done the same. */
async function saveUnlessChanged(store: Store, { id, version, data }: StoredDeadLetter): Promise<void> {
  try {
    await store.save(deadLetterBox, { id, data, expectedVersion: version });
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
  }
}
