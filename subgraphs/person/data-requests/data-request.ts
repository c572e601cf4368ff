import { z } from 'zod';
import { defineCollection, type Stored } from '../../../adapters/store/port.ts';
import { sealedTextSchema } from '../../../adapters/vault/port.ts';

/** GB/T 35273-2020, 8.7 b: answered within thirty days. */
export const ANSWER_WITHIN_MS = 30 * 86_400_000;
/** Where a request goes that is about what the hub itself holds. */
export const HUB = 'HUB';

const dataRequestSchema = z
  .object({
    personId: z.string(),
    kind: z.enum(['COPY', 'CORRECTION', 'DELETION']),
    /** Value of the enum `Department`; `null` = what the hub itself holds. */
    department: z.string().nullable(),
    /** Full names; none = all. */
    categories: z.array(z.string()).readonly(),
    text: sealedTextSchema.nullable(),
    /** Keyed digest of the text as it was asked, so that another one under the same key shows; `null` = none was kept. */
    textDigest: z.string().nullable().default(null),
    /** The person's own, or the guardian's hub id. */
    requestedBy: z.string(),
    requestedAt: z.string(),
    dueAt: z.string(),
    /** Of the person or guardian who asked: the same key is the same request. */
    idempotencyKey: z.string(),
    answer: z
      .object({
        outcome: z.enum(['DONE', 'PARTLY', 'REFUSED']),
        /** `null`: the hub's texts of the person were destroyed with this answer. */
        text: sealedTextSchema.nullable(),
        by: z.string(),
        at: z.string(),
        /** When they were destroyed; `null` = not, or not yet. */
        shreddedAt: z.string().nullable().default(null),
      })
      .readonly()
      .nullable(),
  })
  .readonly();
export type DataRequest = z.infer<typeof dataRequestSchema>;
export type StoredDataRequest = Stored<DataRequest>;

/** Whether this answer destroys what the hub itself holds. */
export function shreds({ kind, department, answer }: DataRequest): boolean {
  return kind === 'DELETION' && department === null && answer?.outcome === 'DONE';
}

/** Requests for a copy, a correction or deletion (PIPL art. 45 to 47), each to the department that owns the records. */
export const dataRequests = defineCollection({
  name: 'data-request',
  schema: dataRequestSchema,
  keys: ({ requestedBy, idempotencyKey }: DataRequest) => [JSON.stringify([requestedBy, idempotencyKey])],
  indexes: {
    byPerson: ({ personId }: DataRequest) => [personId],
    /** Answered, and the texts of the person still there. */
    toShred: (request: DataRequest) => (shreds(request) && request.answer?.shreddedAt === null ? ['TO_SHRED'] : []),
    /** Those that wait for an answer. */
    open: ({ department, answer }: DataRequest) => (answer === null ? [department ?? HUB] : []),
  },
});

export const textPlace = (id: string, personId: string, field: 'text' | 'answer') => ({
  collection: 'data-request',
  id,
  field,
  personId,
});
