import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import { youngestAgeOn } from '../person/guardianship/age.ts';
import type { Person } from '../person/person.ts';
import { AGE_BANDS } from './codes.ts';
import { type Referral } from './referral.ts';

/** Age below which a band ends, in its order. */
const BAND_ENDS = [8, 14, 18, 60];

/** Whoever may still be a child counts as one. */
export function ageBandOf({ birthDate }: Pick<Person, 'birthDate'>, now: number): Referral['ageBand'] {
  const age = youngestAgeOn(birthDate, shanghaiDay(now));
  if (age === null) return 'UNKNOWN';
  const band = BAND_ENDS.findIndex((end) => age < end);
  return AGE_BANDS[band < 0 ? BAND_ENDS.length : band] ?? 'UNKNOWN';
}
