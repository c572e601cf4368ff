import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseDivision } from '../../adapters/shared/division.ts';
import { birthDateOf, normaliseIdNumber, sexOf } from '../../adapters/shared/id-number.ts';
import { isPartialDate } from '../../adapters/shared/partial-date.ts';
import type { Sex } from '../../adapters/shared/source.ts';
import { HIDDEN_IN_LINE } from '../shared/hidden-characters.ts';
import { isReference } from '../shared/reference.ts';
import { identityConflict, saysAName } from './identity-conflict.ts';
import { SEXES } from './person.ts';
import { type Refusal, refused } from './person-outcome.ts';

const NOTHING_HIDDEN = new RegExp(`^[^${HIDDEN_IN_LINE}]*$`, 'u');
const text = (max: number) => z.string().trim().min(1).max(max).regex(NOTHING_HIDDEN);

export const localIdText = text(100);
export const reasonText = text(500);
/** Kept in plain text, so a number and no words. */
export const referenceText = z.string().trim().refine(isReference);

const inputSchema = z.object({
  idempotencyKey: text(100),
  idNumber: z.string().nullish(),
  name: text(100).refine(saysAName),
  sex: z.enum(SEXES).nullish(),
  birthDate: z.string().refine(isPartialDate).nullish(),
  division: z.string().refine((code) => parseDivision(code) !== null),
  localId: localIdText,
  basisReference: referenceText,
});
export type RegistrationInput = z.input<typeof inputSchema>;

/** What a registration says, checked and completed from the ID number. */
export interface CheckedRegistration {
  readonly idempotencyKey: string;
  /** Of the whole input, to know a repetition; the ID number goes in as its HMAC. */
  readonly inputDigest: string;
  /** 18 characters; held while the request lasts and never kept. */
  readonly idNumber: string | null;
  readonly name: string;
  readonly sex: Sex;
  readonly birthDate: string | null;
  readonly division: string;
  readonly localId: string;
  readonly basisReference: string;
}

/** Checks a registration; sex and birth date must agree with the ID number and come from it where they are left out. */
export function checkRegistration(
  input: RegistrationInput,
  hash: (idNumber: string) => string | null,
): CheckedRegistration | Refusal {
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) return refused('INVALID', ...firstPath(parsed.error)).refusal;
  const { idNumber: given, sex, birthDate, ...rest } = parsed.data;
  const idNumber = given == null ? null : normaliseIdNumber(given);
  if (given != null && idNumber === null) return refused('INVALID', 'idNumber').refusal;
  const stated = { sex: sex ?? 'UNKNOWN', birthDate: birthDate ?? null } as const;
  const known = idNumber === null ? stated : { sex: sexOf(idNumber) ?? stated.sex, birthDate: birthDateOf(idNumber) };
  const conflict = identityConflict({ ...stated, name: null }, { ...known, name: null });
  if (conflict !== null) return refused('INVALID', conflict === 'SEX' ? 'sex' : 'birthDate').refusal;
  const told = [rest, stated, idNumber === null ? null : hash(idNumber)];
  const inputDigest = createHash('sha256').update(JSON.stringify(told)).digest('base64url');
  return { ...rest, ...known, idNumber, inputDigest };
}

function firstPath(error: z.ZodError): string[] {
  return (error.issues[0]?.path ?? []).map(String);
}
