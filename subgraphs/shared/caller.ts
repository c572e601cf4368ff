import { z } from 'zod';

/** Why a request is made. Every request states one, and the caller's token must allow it. */
export const PURPOSES = [
  'CARE',
  'REFERRAL',
  'CRISIS_RESPONSE',
  'MANDATORY_REPORTING',
  'STATISTICS',
  'SELF_ACCESS',
  'AUDIT',
] as const;
export type PurposeOfUse = (typeof PURPOSES)[number];

/** Who asks, from a verified token alone: nothing here ever comes from an argument or a header. */
export interface Caller {
  /** The token's `sub`: a named worker, the person, or a client's service account. */
  readonly subject: string;
  /** Of a human being, the token's `name`: to tell that somebody looks at themselves or a colleague, for nothing else. */
  readonly name?: string | null | undefined;
  /** The token's `azp`, e.g. `health-system`. */
  readonly client: string;
  /** Id in the directory; `null` for the person cared for. */
  readonly organisation: string | null;
  /** Value of the enum `Department`, e.g. `CIVIL_AFFAIRS`; `null` for the person and for parties without data. */
  readonly department: string | null;
  /** GB/T 2260, 6, 9 or 12 digits; `null` = no jurisdiction at all, never "everywhere". */
  readonly division: string | null;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly purposes: readonly PurposeOfUse[];
  /** Hub id of the person whose own token this is; such a caller has no department. */
  readonly personId: string | null;
}

const texts = z.array(z.string().min(1)).readonly();

/** Parses a caller that comes back from outside the process (the gateway's signed assertion). */
export const callerSchema: z.ZodType<Caller> = z
  .strictObject({
    subject: z.string().min(1),
    name: z.string().min(1).nullish(),
    client: z.string().min(1),
    organisation: z.string().min(1).nullable(),
    department: z
      .string()
      .regex(/^[A-Z]+(_[A-Z]+)*$/)
      .nullable(),
    division: z
      .string()
      .regex(/^\d{6}(\d{3}){0,2}$/)
      .nullable(),
    roles: texts,
    scopes: texts,
    purposes: z.array(z.enum(PURPOSES)).readonly(),
    personId: z.string().min(1).nullable(),
  })
  .refine(({ personId, department }) => personId === null || department === null, 'a person has no department');
