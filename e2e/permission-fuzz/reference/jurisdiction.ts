import type { Asking, Basis } from './asking.ts';

/** Domain, section 4, "Jurisdiction": a district sees its towns, a town not its district; nobody without one sees anything. */
export function isInJurisdiction(division: string, { division: own }: Pick<Asking, 'division'>): boolean {
  return own !== null && levels(division).join('').startsWith(levels(own).join(''));
}

/** Province, city, district of two digits each, town and village of three; a city's code has an empty last level. */
function levels(code: string): readonly string[] {
  const all = [code.slice(0, 2), code.slice(2, 4), code.slice(4, 6), code.slice(6, 9), code.slice(9, 12)];
  const filled = all.filter((one) => one !== '');
  while (filled.length > 1 && Number(filled.at(-1)) === 0) filled.pop();
  return filled;
}

/** "`EMERGENCY` alone crosses it"; a person's own token has none to cross. */
export const CROSSES_JURISDICTION: readonly Basis[] = ['EMERGENCY', 'SELF'];
