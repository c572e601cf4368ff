import type { RecordedRequest } from '../../gateway/fuzzed-hub.fixture.ts';
import { hasCondition, isApollosErrors } from './apollos-errors.ts';
import type { Way } from './arena.ts';
import { type Answered, wrongAnswer } from './compare-answers.ts';
import { wrongRecord } from './compare-records.ts';
import { emptiedFields } from './emptied-fields.ts';
import type { ExpectedAnswer } from './reference/answer.ts';
import type { Asking } from './reference/asking.ts';

interface Asked {
  readonly way: Way;
  readonly text: string;
  readonly asking: Asking;
  readonly answer: Answered;
  readonly records: readonly RecordedRequest[];
}

/**
 * What is wrong with an answer and its record; `null` = nothing. An answer that is wrong as Apollo's engine is known to be
 * is let through, its record never: that says what the answer was that was given.
 */
export function verdictOn(
  expected: ExpectedAnswer,
  { way, text, asking, answer, records }: Asked,
): { readonly what: string | null; readonly apollos: boolean } {
  const wrong = wrongAnswer(expected, answer);
  const apollos = wrong !== null && way.startsWith('apollo') && isApollosErrors(text, expected, answer);
  if (wrong !== null && !apollos) return { what: wrong, apollos };
  const codes = answer.errors.map(({ extensions: { code } }) => code);
  const readsMore = way.startsWith('apollo') && hasCondition(text);
  const emptied = way.startsWith('apollo') ? emptiedFields(text).coordinates : new Set<string>();
  const perhaps = apollos ? emptied : new Set<string>();
  const readsLess = emptied.size > 0;
  return {
    what: wrongRecord(expected, { asking, records, data: answer.data, codes, perhaps, readsMore, readsLess }),
    apollos,
  };
}
