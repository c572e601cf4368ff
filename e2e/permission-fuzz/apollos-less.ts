import type { Answered } from './compare-answers.ts';
import type { ExpectedAnswer } from './reference/answer.ts';
import { fits } from './reference/marks.ts';

/** Apollo tells of a category that was not to be fetched, or that it cannot make an object of nothing. */
const OF_WHAT_IS_LEFT_OUT = new Set(['NO_BASIS', 'INTERNAL']);
const CONDITION = /@(skip|include)\b/;

/**
 * Is this one of the answers of Apollo's engine with conditions that docs/decisions/where-the-oracle-is-wrong.md tells of:
 * null where @skip and @include left nothing, or an error of what they left out? It shows nothing more than may be seen.
 */
export function isApollosLess(text: string, expected: ExpectedAnswer, { status, data, errors }: Answered): boolean {
  const known = new Set(
    expected.errors.map(({ path = [], extensions }) => `${String(extensions?.code)} ${path.join('.')}`),
  );
  return (
    status === 200 &&
    CONDITION.test(text) &&
    isWithin(expected.data, data) &&
    errors.every(
      ({ path = [], extensions: { code } }) => OF_WHAT_IS_LEFT_OUT.has(code) || known.has(`${code} ${path.join('.')}`),
    )
  );
}

/** Nothing stands in the answer that was not expected there. */
function isWithin(expected: unknown, answered: unknown): boolean {
  if (answered === null || answered === undefined || fits(expected, answered)) return true;
  if (typeof expected !== 'object' || expected === null || typeof answered !== 'object') return false;
  return Object.entries(answered).every(
    ([key, inner]) => Object.hasOwn(expected, key) && isWithin(at(expected, key), inner),
  );
}

const at = (of: object, key: string): unknown => (of as Record<string, unknown>)[key];
