import type { Answer } from '../../gateway/engine/compared-engine.fixture.ts';

/** What of an answer is compared. */
export interface Seen {
  readonly data: string;
  /** Paths with their codes, each once. */
  readonly errors: readonly string[];
}

/** The code of what the engines found wrong with an answer themselves, as a value that the schema does not allow. */
const MISFIT = 'SOURCE_INVALID';
/** What stands for no code, and the code that an engine gives a subgraph's error without one. */
const NONE = 'undefined';
const UNCODED = 'DOWNSTREAM_SERVICE_ERROR';

/** `ApolloGateway` tells misfits in an extension, and only where it has no other error to tell. */
export function seen({ data = null, errors = [], extensions }: Answer): Seen {
  const completion: unknown = extensions?.valueCompletion;
  const misfits: readonly { path?: unknown }[] = Array.isArray(completion) ? completion : [];
  const all = [
    ...errors.map(({ path, extensions: own }) => `${JSON.stringify(path ?? [])} ${String(own?.code)}`),
    ...misfits.map(({ path }) => `${JSON.stringify(path)} ${MISFIT}`),
  ];
  return { data: JSON.stringify(data), errors: [...new Set(all)].toSorted() };
}

export type Verdict =
  | { readonly kind: 'agree' }
  /** The oracle differs from ours and from the whole, which agree. */
  | { readonly kind: 'oracle-wrong' }
  | { readonly kind: 'wrong'; readonly what: string };

interface Judging {
  readonly ours: Seen;
  /** `null` = not asked. */
  readonly oracle: Seen | null;
  readonly whole: Seen;
  /** The operation has `@skip` or `@include`. */
  readonly conditional?: boolean;
}

/**
 * Ours against the two others. The whole, which knows no subgraphs, is the truth of what was asked: ours has its data, and
 * tells each of its errors. What else ours tells is of what a plan asks besides: the oracle tells it as well, and, while
 * its data are right, ours tells all that the oracle tells.
 */
export function verdict({ ours, oracle, whole, conditional = false }: Judging): Verdict {
  if (ours.data !== whole.data) return wrong(oracle?.data === ours.data ? 'data, as the oracle' : 'data');
  const untold = whole.errors.filter((error) => !tells(ours, error));
  if (untold.length > 0) return wrong(`missing errors ${String(untold)}`);
  const besides = ours.errors.filter((error) => !tells(whole, error));
  const isOracleRight = oracle !== null && oracle.data === whole.data;
  const added = besides.filter((error) =>
    isOracleRight ? !tells(oracle, error) : isAsked(pathOf(error), JSON.parse(whole.data)),
  );
  if (added.length > 0) return wrong(`more errors ${String(added)}`);
  if (oracle === null) return { kind: 'agree' };
  const unlike = isOracleRight ? oracle.errors.filter((error) => !tells(ours, error)) : [];
  // In some plans Apollo fetches what conditions leave out.
  const isLeftOut = (error: string) => conditional && !whole.errors.some((one) => isAlong(pathOf(one), pathOf(error)));
  const missing = unlike.filter((error) => !isLeftOut(error));
  if (missing.length > 0 && besides.length > 0) return wrong(`missing errors ${String(missing)}`);
  const silent = ours.errors.filter((error) => !tells(oracle, error) && !isSilenced(error, oracle));
  return { kind: isOracleRight && unlike.length === 0 && silent.length === 0 ? 'agree' : 'oracle-wrong' };
}

/**
 * Of several fields that make the same object null any one may be told, and what stands beside it may not even be asked
 * (GraphQL 6.4.4): an error below a null is told if another one is along that null. So is one at the null itself that says no
 * more than that there may be none.
 */
function tells({ errors, data }: Seen, error: string): boolean {
  if (errors.some((one) => isSame(one, error))) return true;
  const path = pathOf(error);
  const above = nullOn(path, JSON.parse(data));
  if (above === null) return false;
  const along = errors.map(pathOf).filter((one) => isAlong(one, above));
  return above.length < path.length ? along.length > 0 : isOwn(error) && along.some((one) => one.length > path.length);
}

/** What graphql-js finds wrong itself has no code where it is the whole, and one of these where a subgraph is asked. */
function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  const codes = [codeOf(one), codeOf(other)];
  const isAlike = codes.includes(NONE) && codes.some((code) => code === MISFIT || code === UNCODED);
  return isAlike && String(pathOf(one)) === String(pathOf(other));
}

function isOwn(error: string): boolean {
  return codeOf(error) === NONE || codeOf(error) === MISFIT;
}

function pathOf(error: string): readonly unknown[] {
  const path: unknown = JSON.parse(error.slice(0, error.indexOf('] ') + 1));
  return Array.isArray(path) ? path : [];
}

function codeOf(error: string): string {
  return error.slice(error.indexOf('] ') + 2);
}

/** The way to the null that ends a path early. */
function nullOn(path: readonly unknown[], data: unknown): readonly unknown[] | null {
  let at = data;
  for (const [i, key] of path.entries()) {
    if (at === null) return path.slice(0, i);
    if (typeof at !== 'object') return null;
    at = Reflect.get(at, String(key));
  }
  return at === null ? path : null;
}

/** Whether what stands at a path was asked for and is no object or list: those do not fail and stay. */
function isAsked(path: readonly unknown[], data: unknown): boolean {
  let at = data;
  for (const key of path) {
    if (at === null) return true;
    if (typeof at !== 'object' || !Object.hasOwn(at, String(key))) return false;
    at = Reflect.get(at, String(key));
  }
  return at === null || typeof at !== 'object';
}

function isAlong(one: readonly unknown[], other: readonly unknown[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((key, i) => key === other[i]);
}

/** A misfit that the oracle kept silent because it had other errors. */
function isSilenced(error: string, oracle: Seen): boolean {
  return codeOf(error) === MISFIT && oracle.errors.some((one) => codeOf(one) !== MISFIT);
}

function wrong(what: string): Verdict {
  return { kind: 'wrong', what };
}
