/** What several parts of a world, and its callers, are drawn from. */
import fc from 'fast-check';
import { CATEGORIES } from '../reference/departments.ts';
import { DISTRICT, OTHER_DISTRICT, OTHER_TOWN, PARTIES, TOWN, VILLAGE } from './pools.ts';

const PEOPLE = 24;

export const divisions = fc.constantFrom(DISTRICT, TOWN, TOWN, VILLAGE, OTHER_TOWN, OTHER_DISTRICT);
export const parties = fc.constantFrom(...PARTIES);
export const someCategories = fc.subarray([...CATEGORIES], { minLength: 2 });

export const PERSON_IDS: readonly string[] = Array.from(
  { length: PEOPLE },
  (_, i) => `00000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`,
);
/** Those who are somebody's guardian: a few, so that each is one more than once. */
export const GUARDIAN_IDS: readonly string[] = PERSON_IDS.slice(0, 4);
