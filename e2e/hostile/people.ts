import { checkCharacter } from '../../adapters/shared/id-number.ts';

/** Somebody whom everything that is said of them gives away: a word in each text, a year of their own, a number of their own. */
export interface MarkedPerson {
  readonly mark: string;
  readonly year: number;
  readonly count: number;
  readonly idNumber: string;
}

const MARKS = ['鼋', '麤', '龘', '靁', '齾', '爨'];

/** The first three and the fifth are known to the department, the fourth is not; whom it is asked about differs. */
export const PEOPLE: readonly MarkedPerson[] = MARKS.map((mark, i) => {
  const first17 = `1101011990010112${i}`;
  return { mark, year: 2001 + i, count: 7_103 + 10 * i, idNumber: first17 + checkCharacter(first17) };
});
export const NOT_KNOWN = 3;

/** Places in `PEOPLE`: alone, many, twice, somebody unknown among them. */
export const ASKED: readonly (readonly number[])[] = [[0, 1, 2, 3], [0], [1, 0, 1], [0, 4, 2], [3, 2]];

/** What in a value, however deep, belongs to somebody else; `null` where nothing does. */
export function strangerIn(value: unknown, person: MarkedPerson | null): string | null {
  for (const other of PEOPLE)
    if (other !== person && tells(value, other)) return `${other.mark} in ${JSON.stringify(value)}`;
  return null;
}

function tells(value: unknown, { mark, year, count, idNumber }: MarkedPerson): boolean {
  if (typeof value === 'number') return value === count;
  if (typeof value === 'string')
    return value.includes(mark) || value.includes(idNumber) || /^\d{4}/.exec(value)?.[0] === String(year);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((one) => tells(one, { mark, year, count, idNumber }));
}
