import { z } from 'zod';
import { PHONE_KINDS } from './code-lists.ts';
import { orNull, prose, text } from './entry-texts.ts';

/** HSDS `phone`. */
export const phoneSchema = z
  .object({
    number: z.string().regex(/^[+\d][\d -]{1,28}\d$/),
    extension: orNull(z.string().regex(/^\d{1,8}$/)),
    kind: z.enum(PHONE_KINDS).default('VOICE'),
    description: prose(200).default(''),
  })
  .readonly();

/** HSDS `contact`: whom to ask; a name is given only where the organisation publishes it. */
export const contactSchema = z
  .object({
    name: orNull(text()),
    title: orNull(text()),
    email: orNull(z.email()),
    phones: z.array(phoneSchema).max(5).readonly().default([]),
  })
  .readonly();

/** One change by a client under its idempotency key. */
const writeSchema = z.object({ client: z.string(), key: z.string(), digest: z.string() }).readonly();

/** What every entry of the directory has beside its own fields. */
export const entryEnvelope = {
  /** When it was retired; it stays readable by id, and is in no list. */
  retiredAt: z.string().nullable(),
  updatedAt: z.string(),
  /** The last changes, to know a repetition. */
  writes: z.array(writeSchema).readonly(),
};

export interface Entry {
  readonly retiredAt: string | null;
  readonly updatedAt: string;
  readonly writes: readonly z.infer<typeof writeSchema>[];
}

/** JSON, so that no client and key together look like another pair. */
export const writeKey = (client: string, key: string): string => `write:${JSON.stringify([client, key])}`;
export const writeKeys = ({ writes }: Entry): readonly string[] =>
  writes.map(({ client, key }) => writeKey(client, key));
