import { type Store, StoreConflict, type StoreEvent } from '../../adapters/store/port.ts';
import { intakes } from './intake.ts';
import { intakeKey, intakeOf, type Referral, referrals, type StoredReferral } from './referral.ts';

/** A referral took a contact, or gave it free: the contact's own document follows (`followIntake`). */
export const INTAKE_TAKEN = 'REFERRAL_INTAKE_TAKEN';

/** Of a save of a referral, where it changes who has the contact. */
export function intakeEvents(newId: () => string, data: Referral, before: Referral | null): readonly StoreEvent[] {
  const taken = before === null ? null : intakeOf(before);
  return intakeOf(data) === taken ? [] : [{ id: newId(), type: INTAKE_TAKEN, data: null }];
}

/** Lets the contact say what became of it: in the lists it is open until then. Done again it is the same. */
export async function followIntake(store: Store, { data: { intakeId } }: StoredReferral): Promise<void> {
  if (intakeId === null) return;
  const intake = await store.load(intakes, intakeId);
  if (intake === null) return;
  const referralId = (await store.findByKey(referrals, intakeKey(intakeId)))?.id ?? null;
  if (referralId === intake.data.referralId) return;
  try {
    await store.save(intakes, { id: intakeId, data: { ...intake.data, referralId }, expectedVersion: intake.version });
  } catch (error) {
    // Whoever was faster followed as well.
    if (!(error instanceof StoreConflict)) throw error;
  }
}
