import { z } from 'zod';
import { hasUnwanted } from './unwanted-characters.ts';

/** No code, name, place or sentence of any department is longer. A row with a longer one is set aside. */
export const MOST_CHARACTERS = 1_000;

export const shortText = z.string().max(MOST_CHARACTERS);

const LONGEST_ID = 64;
/** Line ends, tabs, wide spaces. */
const OTHER_SPACE = /[^\S ]/;

/** What can be somebody's local id: it is kept, asked for again and shown to the operator, so it is short and all of it shows. */
export function isLocalId(id: string): boolean {
  return id !== '' && id.length <= LONGEST_ID && id.trim() === id && !OTHER_SPACE.test(id) && !hasUnwanted(id);
}
