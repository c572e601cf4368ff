/** In an expected answer, where what stands there is none of a permission's business. */
const ANY = '\u0000any';
const ONE_OF = '\u0000one of ';

/** Some value, whatever it is: a cursor, a title. */
export const anything = (): string => ANY;
/** One of these, which may hang on how the operation was planned. */
export const oneOf = (...values: readonly string[]): string =>
  values.length === 1 ? (values[0] ?? '') : ONE_OF + values.join('|');

/** Does what the hub answered fit what was expected? */
export function fits(expected: unknown, answered: unknown): boolean {
  if (expected === ANY) return answered !== null && answered !== undefined;
  if (typeof expected === 'string' && expected.startsWith(ONE_OF))
    return expected.slice(ONE_OF.length).split('|').includes(String(answered));
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, answered);
  if (typeof answered !== 'object' || answered === null) return false;
  const keys = Object.keys(expected);
  return (
    Array.isArray(expected) === Array.isArray(answered) &&
    keys.length === Object.keys(answered).length &&
    keys.every((key) => Object.hasOwn(answered, key) && fits(at(expected, key), at(answered, key)))
  );
}

const at = (of: object, key: string): unknown => (of as Record<string, unknown>)[key];
