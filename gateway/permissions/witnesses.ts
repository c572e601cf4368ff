/**
 * Fields that the hub adds to every selection on a type, so that the audit can tell from the answer itself whose and what
 * it is; taken out again before the answer leaves. Type → alias and field.
 */
export const WITNESSES: Readonly<Record<string, { readonly alias: string; readonly field: string }>> = {
  Person: { alias: 'xinqiao_person', field: 'id' },
  TimelineEvent: { alias: 'xinqiao_category', field: 'category' },
};

export const PERSON_WITNESS = 'xinqiao_person';
export const CATEGORY_WITNESS = 'xinqiao_category';

/** Stands in an object of which @skip and @include left nothing to select: it is in the answer, empty. */
export const NOTHING_ALIAS = 'xinqiao_nothing';

const ALIASES = new Set([...Object.values(WITNESSES).map(({ alias }) => alias), NOTHING_ALIAS]);

export function isWitness(responseKey: string): boolean {
  return ALIASES.has(responseKey);
}
