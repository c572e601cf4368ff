import { StoreConflict } from '../../adapters/store/port.ts';
import type { RecordIntakeInput } from '../../schema/generated/api-types.ts';
import { parseDivision } from '../../adapters/shared/division.ts';
import { isPlainText } from '../shared/plain-text.ts';
import { appliedOf } from './create-referral.ts';
import { type Intake, intakes } from './intake.ts';
import type { ReferralContext } from './referral-context.ts';
import { type Refusal, refused } from './refusal.ts';

type IntakeOutcome =
  | { readonly intake: Intake & { readonly id: string }; readonly refusal: null }
  | { readonly intake: null; readonly refusal: Refusal };

/** Records a contact without a word about who it was. The same key again is the same contact. */
export async function recordIntake(context: ReferralContext, input: RecordIntakeInput): Promise<IntakeOutcome> {
  const { reads, newId, request } = context;
  const { organisation } = request.caller;
  if (!isPlainText(input.idempotencyKey)) return { intake: null, ...refused('INVALID', 'idempotencyKey') };
  if (organisation === null) return { intake: null, ...refused('NOT_FOUND') };
  if (input.division != null && parseDivision(input.division) === null)
    return { intake: null, ...refused('INVALID', 'division') };
  const recorded = appliedOf(context, input);
  const { channel, reasonCode, division = null } = input;
  const data: Intake = {
    channel,
    reasonCode,
    division: division ?? null,
    organisation,
    at: new Date(reads.now()).toISOString(),
    recorded,
  };
  const id = newId();
  try {
    await reads.store.save(intakes, { id, data, expectedVersion: 0 });
    return { intake: { id, ...data }, refusal: null };
  } catch (error) {
    if (!(error instanceof StoreConflict) || error.key === null) throw error;
    const known = await reads.store.findByKey(intakes, error.key);
    return known?.data.recorded.digest === recorded.digest
      ? { intake: { id: known.id, ...known.data }, refusal: null }
      : { intake: null, ...refused('KEY_REUSED', 'idempotencyKey') };
  }
}
