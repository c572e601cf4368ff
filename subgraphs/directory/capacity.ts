import { z } from 'zod';
import { defineCollection, type Stored } from '../../adapters/store/port.ts';
import { CAPACITY_STATES } from './code-lists.ts';
import { entryEnvelope, writeKeys } from './entry.ts';
import { isoDate, orNull, prose } from './entry-texts.ts';

export const capacityFields = z.object({
  state: z.enum(CAPACITY_STATES),
  /** Places free, where somebody counts them. */
  available: orNull(z.int().min(0).max(100_000)),
  /** The day on which somebody made sure of it. */
  assuredDate: isoDate,
  note: prose(200).default(''),
});
export type CapacityFields = z.output<typeof capacityFields>;
const capacitySchema = capacityFields.extend(entryEnvelope).readonly();
export type Capacity = z.infer<typeof capacitySchema>;
export type StoredCapacity = Stored<Capacity>;

/**
 * How much room a service has; the document's id is the service's. Apart from the service, since it changes daily: a
 * change is one small document, and disturbs nobody who edits the entry.
 */
export const capacities = defineCollection({
  name: 'directory-capacity',
  schema: capacitySchema,
  keys: writeKeys,
  indexes: {},
});
