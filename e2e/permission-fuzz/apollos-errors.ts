import type { Answered } from './compare-answers.ts';
import { conditionalPaths } from './conditional-paths.ts';
import { emptiedFields } from './emptied-fields.ts';
import type { ExpectedAnswer } from './reference/answer.ts';
import { fits } from './reference/marks.ts';

/** Apollo's engine may fetch what a condition leaves out. */
export const hasCondition = (text: string): boolean => /@(skip|include)\b/.test(text);

/**
 * Is an answer wrong only as Apollo's engine is known to be where a condition leaves something out: by errors of what it
 * fetched all the same, or by null for an object, or a list of them, of which nothing is left (docs/decisions/where-the-oracle-is-wrong.md)?
 */
export function isApollosErrors(text: string, expected: ExpectedAnswer, { status, data, errors }: Answered): boolean {
  const known = new Set(
    expected.errors.map(({ path = [], extensions }) => `${String(extensions?.code)} ${path.join('.')}`),
  );
  const left = [...conditionalPaths(text)];
  return (
    status === 200 &&
    hasCondition(text) &&
    fits(emptiedAsAnswered(expected.data, data, emptiedFields(text).keys), data) &&
    errors.every(
      ({ path = [], extensions: { code } }) =>
        known.has(`${code} ${path.join('.')}`) || (code === 'NO_BASIS' && left.some((one) => isOnOneWay(path, one))),
    )
  );
}

/** The one is above the other, or the same: a fetch that fails is told where its objects are, or below. */
function isOnOneWay(path: readonly (string | number)[], other: string): boolean {
  const own = path.filter((key) => typeof key === 'string');
  return other.split('.').every((key, i) => i >= own.length || key === own[i]);
}

/** What is expected, but null where null was answered for nothing under one of these keys. */
function emptiedAsAnswered(expected: unknown, answered: unknown, keys: ReadonlySet<string>): unknown {
  if (Array.isArray(expected))
    return Array.isArray(answered) ? expected.map((one, i) => emptiedAsAnswered(one, answered[i], keys)) : expected;
  if (!isObject(expected) || !isObject(answered)) return expected;
  const entries = Object.entries(expected).map(([key, value]) => {
    const isEmptied = answered[key] === null && keys.has(key) && isNothing(value);
    return [key, isEmptied ? null : emptiedAsAnswered(value, answered[key], keys)];
  });
  return Object.fromEntries(entries);
}

const isNothing = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((one) => isNothing(one))
    : typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
