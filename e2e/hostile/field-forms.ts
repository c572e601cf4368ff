import { isPartialDate } from '../../adapters/shared/partial-date.ts';

interface FieldForm {
  faultOf(value: unknown): string | null;
}
/** What each field of a category's rows may hold. */
export type FieldForms = Readonly<Record<string, FieldForm>>;

/** Words that stand beside the data, and which a right answer need not have. */
const ALWAYS: FieldForms = { withheld: { faultOf: (value) => (value === true ? null : 'neither there nor true') } };
const CODE = /^[A-Z][A-Z_]{2,}$/;
const DURATION = /^P(?:T?\d+(?:\.\d+)?[HDWMY])$/;

/** Learned from right rows: a date stays a date, a word of a closed set a word, a number a number; anything may be absent. */
export function fieldForms(rows: readonly object[]): FieldForms {
  const samples = new Map<string, unknown[]>();
  for (const row of rows)
    for (const [field, value] of Object.entries(row)) samples.set(field, [...(samples.get(field) ?? []), value]);
  return { ...ALWAYS, ...Object.fromEntries([...samples].map(([field, values]) => [field, formOf(values)])) };
}

function formOf(samples: readonly unknown[]): FieldForm {
  const present = samples.filter((value) => value !== null);
  const [first] = present;
  const isAll = (test: (text: string) => boolean) => present.every((one) => typeof one === 'string' && test(one));
  const test = (what: string, holds: (value: unknown) => boolean): FieldForm => ({
    faultOf: (value) => (value === null || holds(value) ? null : `no ${what}: ${JSON.stringify(value)}`),
  });
  if (isAll(isPartialDate)) return test('date', (value) => typeof value === 'string' && isPartialDate(value));
  if (isAll((text) => DURATION.test(text)))
    return test('duration', (value) => typeof value === 'string' && DURATION.test(value));
  if (isAll((text) => CODE.test(text)))
    return test('word of the set', (value) => typeof value === 'string' && CODE.test(value));
  if (typeof first === 'number') return test('number', (value) => Number.isFinite(value) && Number(value) >= 0);
  if (Array.isArray(first)) return test('list', Array.isArray);
  return test(typeof first, (value) => typeof value === typeof first && value !== '');
}
