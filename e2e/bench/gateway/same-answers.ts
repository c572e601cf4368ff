import { isDeepStrictEqual } from 'node:util';
import type { Contestant } from './contestants.ts';
import type { BenchOperation } from './operations.ts';

/** The first request connects and plans, on a machine that may be busy. */
const ANSWERS_WITHIN_MS = 20_000;
const ASKED = [0, 1, 2, 7, 21];

/** Asks everybody the same. Throws unless all answer whole and alike: what is compared must be the same work. */
export async function expectSameAnswers(
  contestants: readonly Contestant[],
  operations: readonly BenchOperation[],
): Promise<{ readonly bytes: Readonly<Record<string, number>> }> {
  const bytes: Record<string, number> = {};
  for (const operation of operations)
    for (const n of ASKED) {
      const answers = await Promise.all(contestants.map(async (one) => answerOf(one, operation, n)));
      contestants.forEach(({ label }, i) => {
        if (!isDeepStrictEqual(answers[i], answers[0]))
          throw new Error(
            `${operation.name}: ${label} answers another than ${contestants[0]?.label}: ${difference(answers[i], answers[0])}`,
          );
      });
      bytes[operation.name] = Buffer.byteLength(JSON.stringify({ data: answers[0] }));
    }
  return { bytes };
}

async function answerOf(
  { label, url, headers }: Contestant,
  { name, query, variables }: BenchOperation,
  n: number,
): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...(await headers()) },
    body: JSON.stringify({ query, variables: variables(n) }),
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  });
  const text = await response.text();
  const answer: { data?: unknown; errors?: unknown } = JSON.parse(text);
  if (!response.ok || answer.errors !== undefined || (answer.data ?? null) === null)
    throw new Error(`${name}: ${label} gives no whole answer: ${response.status} ${text.slice(0, 500)}`);
  return answer.data;
}

function difference(one: unknown, other: unknown): string {
  const [text, otherText] = [JSON.stringify(one), JSON.stringify(other)];
  const at = [...text].findIndex((character, i) => character !== otherText[i]);
  return `${text.slice(Math.max(0, at - 60), at + 60)} … ${otherText.slice(Math.max(0, at - 60), at + 60)}`;
}
