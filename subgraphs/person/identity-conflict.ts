import { foldWidth } from '../../adapters/shared/fold-width.ts';
import type { Sex } from '../../adapters/shared/source.ts';

interface Identity {
  /** `null` or empty = not said. */
  readonly name: string | null;
  readonly sex: Sex;
  readonly birthDate: string | null;
}

/** In what two accounts of one person contradict each other; `null` where they agree or one of them does not say. */
export function identityConflict(a: Identity, b: Identity): 'SEX' | 'BIRTH_DATE' | 'NAME' | null {
  if (states(a.sex) && states(b.sex) && a.sex !== b.sex) return 'SEX';
  if (a.birthDate !== null && b.birthDate !== null && !sameDate(a.birthDate, b.birthDate)) return 'BIRTH_DATE';
  const [one, other] = [comparable(a.name ?? ''), comparable(b.name ?? '')];
  return one === '' || other === '' || one === other ? null : 'NAME';
}

/** A partial date agrees with every date that it can mean. */
const sameDate = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** Without what departments write differently: width, case, spaces, and the dot within names of minorities. */
const comparable = (name: string): string =>
  foldWidth(name)
    .toLowerCase()
    .replaceAll(/[\s.\u00b7\u2022\u2027\u30fb\uff65]/gu, '');

/** Dots and spaces alone are no name: they would agree with every other. */
export const saysAName = (name: string): boolean => comparable(name) !== '';

const states = (sex: Sex): boolean => sex === 'MALE' || sex === 'FEMALE';
