import { z } from 'zod';
import { defineCollection } from '../../adapters/store/port.ts';

const INTAKE_CHANNELS = [
  'HOTLINE_12356',
  'HOTLINE_12320',
  'HOTLINE_12338',
  'HOTLINE_12355',
  'HOTLINE_12351',
  'FRONT_DESK',
] as const;

const intakeSchema = z
  .object({
    channel: z.enum(INTAKE_CHANNELS),
    reasonCode: z.string(),
    division: z.string().nullable(),
    /** Whose contact it was. */
    organisation: z.string(),
    at: z.string(),
    recorded: z.object({ client: z.string(), key: z.string(), digest: z.string() }).readonly(),
  })
  .readonly();
export type Intake = z.infer<typeof intakeSchema>;

/**
 * Contacts at a hotline or front desk. Nothing in one says who called: it becomes a referral, which names a person, only
 * once the person is known and agrees (domain, section 5).
 */
export const intakes = defineCollection({
  name: 'intake',
  schema: intakeSchema,
  keys: ({ recorded: { client, key } }: Intake) => [JSON.stringify([client, key])],
  indexes: {},
});
