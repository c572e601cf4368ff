import { hash } from 'node:crypto';
import { z } from 'zod';
import { type Clock, defineCollection } from '../../../adapters/store/port.ts';
import { MAX_TOKEN_AGE_SECONDS } from '../token-age.ts';

/** As `Date.toISOString` writes it: so the order of texts is that of times. */
const instant = z.iso.datetime({ precision: 3 });
const FOR_EVER = '9999-12-31T23:59:59.999Z';
/** Clocks of hub and sign-in server may differ; a token is refused by its age long before this is over. */
const KEPT_MS = (MAX_TOKEN_AGE_SECONDS + 300) * 1_000;

/** A `jti` or a `sub`. A token with a longer one is not accepted: it could not be withdrawn. */
export const tokenOrSubject = z.string().min(1).max(400);

const fields = {
  /** One token, by its `jti`; all of a session, by its `sid`; all of a `sub`; or whatever the sign-in server issued. */
  kind: z.enum(['TOKEN', 'SESSION', 'SUBJECT', 'ALL']),
  value: tokenOrSubject,
  /** Of a subject, and of all, what was issued until then is withdrawn. */
  at: instant,
  /** What is issued later as well, until it is lifted. */
  later: z.boolean(),
  /** From then on it means nothing. */
  until: instant,
};
export const revocationSchema = z.strictObject(fields).readonly();
export type Revocation = z.infer<typeof revocationSchema>;

/** As the store has it: also when it was written or lifted, by the clock of who did; what older hubs wrote lacks that. */
const kept = z.object({ ...fields, written: instant.optional() }).readonly();
type KeptRevocation = z.infer<typeof kept>;

/** Which tokens were withdrawn. The id is a hash of what they are withdrawn by, so that twice is once. */
export const revocations = defineCollection({
  name: 'revocation',
  schema: kept,
  keys: () => [],
  indexes: {
    byUntil: ({ until }: KeptRevocation) => [until],
    byWritten: ({ written }: KeptRevocation) => (written === undefined ? [] : [written]),
  },
});

export const revocationId = ({ kind, value }: Pick<Revocation, 'kind' | 'value'>): string =>
  `${kind.toLowerCase()}-${hash('sha256', value)}`;

/** Those in force. */
export const inForce = (now: Clock) =>
  ({ index: 'byUntil', from: new Date(now()).toISOString(), to: `${FOR_EVER}\uFFFF` }) as const;

/** Those written since, in milliseconds since 1970, what was lifted among them; of a clock that is ahead as well. */
export const writtenSince = (since: number) =>
  ({ index: 'byWritten', from: new Date(since).toISOString(), to: `${FOR_EVER}\uFFFF` }) as const;

/** One that ends when every token that it concerns is too old anyway, or with `later` never by itself. */
export function newRevocation(
  {
    kind,
    value,
    later = false,
    at: given,
  }: Pick<Revocation, 'kind' | 'value'> & { later?: boolean; /** Milliseconds since 1970. */ at?: number },
  now: Clock,
): Revocation {
  const at = given ?? now();
  return {
    kind,
    value,
    later,
    at: new Date(at).toISOString(),
    until: later ? FOR_EVER : new Date(Math.max(at, now()) + KEPT_MS).toISOString(),
  };
}

/** Keycloak's not-before of the realm: nothing counts that was issued before this instant. */
export const notBefore = (atSeconds: number, now: Clock): Revocation =>
  newRevocation({ kind: 'ALL', value: 'not-before', at: atSeconds * 1_000 }, now);
