import type { Sex } from '../../adapters/shared/source.ts';

interface Identity {
  readonly sex: Sex;
  readonly birthDate: string | null;
}

/** In what two accounts of one person contradict each other; `null` where they agree or one of them does not say. */
export function identityConflict(a: Identity, b: Identity): 'SEX' | 'BIRTH_DATE' | null {
  if (states(a.sex) && states(b.sex) && a.sex !== b.sex) return 'SEX';
  if (a.birthDate === null || b.birthDate === null) return null;
  // A partial date agrees with every date that it can mean.
  return a.birthDate.startsWith(b.birthDate) || b.birthDate.startsWith(a.birthDate) ? null : 'BIRTH_DATE';
}

const states = (sex: Sex): boolean => sex === 'MALE' || sex === 'FEMALE';
