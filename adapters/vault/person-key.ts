import { z } from 'zod';
import { defineCollection } from '../store/port.ts';

const personKeySchema = z
  .object({
    /** Id of the key-encryption key that it is wrapped with. */
    kek: z.string(),
    /** How many keys of the person were destroyed before this one. */
    generation: z.number().int(),
    /** The data key, wrapped; `null` = destroyed, and no other made yet. */
    wrapped: z.object({ iv: z.string(), text: z.string() }).readonly().nullable(),
  })
  .readonly();
export type PersonKey = z.infer<typeof personKeySchema>;

/** One data key a person; the document's id is the person's. */
export const personKeys = defineCollection({
  name: 'person-key',
  schema: personKeySchema,
  keys: () => [],
  indexes: { byKek: ({ kek, wrapped }: PersonKey) => (wrapped === null ? [] : [kek]) },
});
