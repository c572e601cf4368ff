/** How the union's branches write, as schemas: what is read tolerantly, and what makes a row unusable. */
import { looseField } from '../shared/loose-field.ts';

/** Fields of the service's rows. */
export const unionField = {
  ...looseField,
  /** A row without its id cannot be told from its copies. */
  id: looseField.text,
  /** Upper case, half width. */
  memberNo: looseField.text.transform((value) => value.toUpperCase()).refine(isMemberNo),
  amount: looseField.optionalText.transform((value) => {
    const plain = value?.replaceAll(',', '') ?? '';
    return /^\d{1,12}(\.\d{1,4})?$/.test(plain) ? Number(plain) : null;
  }),
};

/** Separators of the list of numbers, white space and wild cards never reach it: whoever is called so is nobody's member. */
export function isMemberNo(id: string): boolean {
  return /^[A-Z0-9][A-Z0-9-]{0,31}$/.test(id);
}
