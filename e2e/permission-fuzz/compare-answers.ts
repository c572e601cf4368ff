import type { ExpectedAnswer } from './reference/answer.ts';
import { fits } from './reference/marks.ts';

/** What a hub answered. */
export interface Answered {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[] | undefined;
    readonly extensions: { readonly code: string };
  }[];
}

/** In what an answer differs from what may be seen: nothing more and nothing less. `null` = in nothing. */
export function wrongAnswer(expected: ExpectedAnswer, { status, data, errors }: Answered): string | null {
  if (status !== 200) return `status ${status}: ${errors.map(({ message }) => message).join('; ')}`;
  const wanted = expected.errors.map(({ path = [], extensions }) => `${String(extensions?.code)} ${path.join('.')}`);
  const got = errors.map(({ path = [], extensions: { code } }) => `${code} ${path.join('.')}`);
  const [missing, more] = [less(wanted, got), less(got, wanted)];
  const different = difference(expected.data, data, []);
  if (different !== null) return different;
  if (missing.length > 0) return `errors missing: ${missing.join('; ')}`;
  return more.length > 0 ? `errors too many: ${more.join('; ')}` : null;
}

/** Those of a list that another does not have, each as often. */
function less(all: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** The first place where they differ. */
function difference(expected: unknown, answered: unknown, path: readonly string[]): string | null {
  if (fits(expected, answered)) return null;
  if (isObject(expected) && isObject(answered) && Array.isArray(expected) === Array.isArray(answered))
    for (const key of new Set([...Object.keys(expected), ...Object.keys(answered)])) {
      const inner = difference(expected[key], answered[key], [...path, key]);
      if (inner !== null) return inner;
    }
  return `data differ at ${path.join('.')}: expected ${text(expected)}, answered ${text(answered)}`;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').replaceAll('\\u0000', '').slice(0, 300);
