import type { Answered } from './compare-answers.ts';
import { emptiedFields } from './emptied-fields.ts';
import type { ExpectedAnswer } from './reference/answer.ts';
import { fits } from './reference/marks.ts';

/** Apollo's engine may fetch what a condition leaves out. */
export const hasCondition = (text: string): boolean => /@(skip|include)\b/.test(text);

/**
 * Is an answer wrong only as Apollo's engine is known to be where a condition leaves something out: by errors of what it
 * fetched all the same, or by null for an object of which nothing is left (docs/decisions/where-the-oracle-is-wrong.md)?
 */
export function isApollosErrors(text: string, expected: ExpectedAnswer, { status, data, errors }: Answered): boolean {
  const known = new Set(
    expected.errors.map(({ path = [], extensions }) => `${String(extensions?.code)} ${path.join('.')}`),
  );
  return (
    status === 200 &&
    hasCondition(text) &&
    fits(emptiedFields(text).size > 0 ? emptiedAsAnswered(expected.data, data) : expected.data, data) &&
    errors.every(({ path = [], extensions: { code } }) => code === 'NO_BASIS' || known.has(`${code} ${path.join('.')}`))
  );
}

/** What is expected, but null for `{}` where null was answered. */
function emptiedAsAnswered(expected: unknown, answered: unknown): unknown {
  if (Array.isArray(expected))
    return Array.isArray(answered) ? expected.map((one, i) => emptiedAsAnswered(one, answered[i])) : expected;
  if (!isObject(expected)) return expected;
  const entries = Object.entries(expected);
  if (answered === null && entries.length === 0) return null;
  if (!isObject(answered)) return expected;
  return Object.fromEntries(entries.map(([key, value]) => [key, emptiedAsAnswered(value, answered[key])]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
