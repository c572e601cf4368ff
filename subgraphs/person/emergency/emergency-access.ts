import { z } from 'zod';
import { sealedTextSchema } from '../../../adapters/vault/port.ts';
import { defineCollection, type Stored } from '../../../adapters/store/port.ts';

/** What somebody else than the user found afterwards. */
const reviewSchema = z
  .object({
    verdict: z.enum(['JUSTIFIED', 'NOT_JUSTIFIED']),
    /** What follows; demanded where it was not justified. */
    followUp: sealedTextSchema.nullable(),
    reviewer: z.string(),
    at: z.string(),
  })
  .readonly();

/** One opening of a person's records in an emergency (PIPL art. 13(4)), and at once its entry in the review queue. */
export const emergencyAccessSchema = z
  .object({
    personId: z.string(),
    /** The token's `sub`: nobody else may use it, nor review it. */
    subject: z.string(),
    client: z.string(),
    organisation: z.string().nullable(),
    department: z.string().nullable(),
    /** Of the user, and where the person lives: staff of both may review it. */
    division: z.string(),
    personDivision: z.string(),
    /** `null`: it could not be sealed while the store was away, and the process ended before it was back. */
    reason: sealedTextSchema.nullable(),
    /** ISO instants; three hours. */
    from: z.string(),
    to: z.string(),
    idempotencyKey: z.string(),
    review: reviewSchema.nullable(),
    /** How many reminders of an open review went out. */
    reminders: z.number().int().default(0),
    /** When the person was told, after the end (PIPL art. 18). */
    toldAt: z.string().nullable().default(null),
    /** The store took no writes when it began: it stood on the local spool from this instant until it was saved. */
    spooledAt: z.string().nullable().default(null),
  })
  .readonly();
export type EmergencyAccess = z.infer<typeof emergencyAccessSchema>;
export type StoredEmergencyAccess = Stored<EmergencyAccess>;

/** Where a sealed text of an access stands. */
export const emergencyTextPlace = (id: string, personId: string, field: 'reason' | 'followUp') => ({
  collection: 'emergency-access',
  id,
  field,
  personId,
});

/** One key a person and user, so that an access is found without a walk. */
export const bearerKey = (personId: string, subject: string): string => JSON.stringify([personId, subject]);

/** One key a client and idempotency key. */
export const idempotencyKeyOf = ({ client, idempotencyKey }: Pick<EmergencyAccess, 'client' | 'idempotencyKey'>) =>
  JSON.stringify([client, idempotencyKey]);

export const emergencyAccesses = defineCollection({
  name: 'emergency-access',
  schema: emergencyAccessSchema,
  keys: (access: EmergencyAccess) => [idempotencyKeyOf(access)],
  indexes: {
    byBearer: ({ personId, subject }: EmergencyAccess) => [bearerKey(personId, subject)],
    byPerson: ({ personId }: EmergencyAccess) => [personId],
    /** Open ones wait for a review. */
    byReview: ({ review }: EmergencyAccess) => [review === null ? 'OPEN' : 'CLOSED'],
    byTold: ({ toldAt }: EmergencyAccess) => (toldAt === null ? ['NOT_TOLD'] : []),
    byUnit: ({ department, organisation }: EmergencyAccess) => [department ?? organisation ?? ''],
  },
});
