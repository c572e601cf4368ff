import { ageOf } from './ages.ts';

/** 民法典 art. 19, 20 and 未成年人保护法 art. 2; as the world wrote it into the referral when it was made. */
export function ageBandOf(birthDate: string | null, nowMs: number): string {
  // Whoever may still be a child counts as one: the last day that a partial date can mean.
  const age = ageOf(birthDate === null ? null : `${birthDate}-12-31`.slice(0, Math.max(10, birthDate.length)), nowMs);
  if (age === null) return 'UNKNOWN';
  if (age < 8) return 'UNDER_8';
  if (age < 14) return 'FROM_8_TO_13';
  if (age < 18) return 'FROM_14_TO_17';
  return age < 60 ? 'FROM_18_TO_59' : 'FROM_60';
}
