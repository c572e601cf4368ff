import type { Answered } from './compare-answers.ts';
import type { ExpectedAnswer } from './reference/answer.ts';
import { fits } from './reference/marks.ts';

const CONDITION = /@(skip|include)\b/;

/**
 * Are the data right, and the errors too many only by what Apollo's engine fetched though a condition left it out
 * (docs/decisions/where-the-oracle-is-wrong.md)?
 */
export function isApollosErrors(text: string, expected: ExpectedAnswer, { status, data, errors }: Answered): boolean {
  const known = new Set(
    expected.errors.map(({ path = [], extensions }) => `${String(extensions?.code)} ${path.join('.')}`),
  );
  return (
    status === 200 &&
    CONDITION.test(text) &&
    fits(expected.data, data) &&
    errors.every(({ path = [], extensions: { code } }) => code === 'NO_BASIS' || known.has(`${code} ${path.join('.')}`))
  );
}
