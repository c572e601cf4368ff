import { z } from 'zod';
import { defineCollection, type Stored } from '../../adapters/store/port.ts';
import type { CreateReferralInput } from '../../schema/generated/api-types.ts';
import { KIND_RULES } from './kind-rules.ts';
import { actsFor, partyKeys, partySchema } from './party.ts';
import { intakeKey, referrals } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import { type Refusal, refused } from './refusal.ts';

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
    keeper: partySchema,
    at: z.string(),
    /** The referral that came of it, as far as the referrals were followed. */
    referralId: z.string().nullable(),
    recorded: z.object({ client: z.string(), key: z.string(), digest: z.string() }).readonly(),
  })
  .readonly();
export type Intake = z.infer<typeof intakeSchema>;
export type StoredIntake = Stored<Intake>;

/** What the contacts of a side stand under, those that are no referral yet first. */
export const intakesOf = (key: string, part: 'OPEN' | 'REFERRED' | '' | '~'): string => `${key}|${part}`;

/**
 * Contacts at a hotline or front desk. Nothing in one says who called: it becomes a referral, which names a person, only
 * once the person is known and agrees (domain, section 5). Ids begin with the instant.
 */
export const intakes = defineCollection({
  name: 'intake',
  schema: intakeSchema,
  keys: ({ recorded: { client, key } }: Intake) => [JSON.stringify([client, key])],
  indexes: {
    byKeeper: ({ keeper, referralId }: Intake) =>
      partyKeys(keeper).map((key) => intakesOf(key, referralId === null ? 'OPEN' : 'REFERRED')),
  },
});

/** Why a referral may not name this contact, or must name one; `null` = it is as it should be. */
export async function wrongIntake(
  { reads, request }: Pick<ReferralContext, 'reads' | 'request'>,
  { kind, intakeId }: Pick<CreateReferralInput, 'kind' | 'intakeId'>,
): Promise<{ readonly refusal: Refusal } | null> {
  if (KIND_RULES[kind].needs !== 'INTAKE') return intakeId == null ? null : refused('INVALID', 'intakeId');
  const intake = intakeId == null ? null : await reads.store.load(intakes, intakeId);
  if (intake === null || !actsFor(request.caller, intake.data.keeper)) return refused('NOT_FOUND', 'intakeId');
  const other = await reads.store.findByKey(referrals, intakeKey(intake.id));
  return other === null ? null : refused('INTAKE_USED', 'intakeId');
}
