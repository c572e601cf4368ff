/** How schools fill the service, as schemas: what is read tolerantly, and what makes an item unusable. */
import { looseField, meaningOf } from '../shared/loose-field.ts';

/** Fields of the service's items. */
export const educationField = {
  ...looseField,
  /** Upper case: clerks type `x` for `X`. */
  studentNo: looseField.text.transform((value) => value.toUpperCase()),
  /** What a code means; OTHER for a code outside the set, or for none. */
  code: <V extends string>(meanings: Readonly<Record<string, V>>) =>
    looseField.optionalText.transform((code) => meaningOf(meanings, code)),
};

/** Separators of the list of numbers, white space and wild cards never reach it: whoever is called so is nobody's student. */
export function isStudentNo(id: string): boolean {
  return /^[A-Z0-9][A-Z0-9-]{0,31}$/.test(id);
}
