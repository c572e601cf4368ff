import { changeEvent } from '../../adapters/audit/port.ts';
import { parseDivision } from '../../adapters/shared/division.ts';
import { StoreConflict } from '../../adapters/store/port.ts';
import type { RecordIntakeInput } from '../../schema/generated/api-types.ts';
import { isPlainText } from '../shared/plain-text.ts';
import { appliedOf } from './applied-of.ts';
import { type Intake, intakes, type StoredIntake } from './intake.ts';
import { partyOf } from './parties.ts';
import { actsFor } from './party.ts';
import type { ReferralContext } from './referral-context.ts';
import { type Refusal, refused } from './refusal.ts';

type IntakeOutcome =
  { readonly intake: StoredIntake; readonly refusal: null } | { readonly intake: null; readonly refusal: Refusal };

const no = (code: Refusal['code'], ...path: string[]): IntakeOutcome => ({ intake: null, ...refused(code, ...path) });

/** Records a contact without a word about who it was. The same key again is the same contact. */
export async function recordIntake(context: ReferralContext, input: RecordIntakeInput): Promise<IntakeOutcome> {
  const { reads, newId, request, organisations, by } = context;
  const { caller } = request;
  if (!isPlainText(input.idempotencyKey)) return no('INVALID', 'idempotencyKey');
  const entry = caller.organisation === null ? null : await organisations.load(caller.organisation);
  if (entry === null || !actsFor(caller, partyOf(entry))) return no('NOT_FOUND');
  if (input.division != null && parseDivision(input.division) === null) return no('INVALID', 'division');
  const recorded = appliedOf(context, input);
  const { channel, reasonCode, division = null } = input;
  const now = reads.now();
  const at = new Date(now).toISOString();
  const data: Intake = { channel, reasonCode, division, keeper: partyOf(entry), at, referralId: null, recorded };
  // Begins with the instant, so that every list is in the order of the contacts.
  const id = `${now.toString(36).padStart(9, '0')}-${newId()}`;
  const events = [changeEvent(newId(), { change: 'INTAKE_RECORDED', personId: null, at, by })];
  try {
    const { version } = await reads.store.save(intakes, { id, data, expectedVersion: 0, events });
    return { intake: { id, version, data }, refusal: null };
  } catch (error) {
    if (!(error instanceof StoreConflict) || error.key === null) throw error;
    const known = await reads.store.findByKey(intakes, error.key);
    return known?.data.recorded.digest === recorded.digest
      ? { intake: known, refusal: null }
      : no('KEY_REUSED', 'idempotencyKey');
  }
}
