import type { Answer } from '../../gateway/engine/compared-engine.fixture.ts';

/** What of an answer is compared. */
export interface Seen {
  readonly data: string;
  /** Paths with their codes, each once. */
  readonly errors: readonly string[];
}

/** The code of what the engines found wrong with an answer themselves, as a value that the schema does not allow. */
const MISFIT = 'SOURCE_INVALID';

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
 * Ours against the two others. The data are the whole's, which knows no subgraphs. The errors are the oracle's, since what
 * fails depends on what a plan asks besides; or they stand where the whole has its own.
 */
export function verdict({ ours, oracle, whole, conditional = false }: Judging): Verdict {
  if (ours.data !== whole.data) return wrong(oracle?.data === ours.data ? 'data, as the oracle' : 'data');
  const asWhole = String(paths(ours)) === String(paths(whole));
  if (oracle === null)
    return ours.errors.length > 0 || whole.errors.length === 0 ? { kind: 'agree' } : wrong('no errors');
  // In some plans Apollo fetches what conditions leave out.
  const isLeftOut = (error: string) => conditional && !whole.errors.some((one) => isAlong(pathOf(one), pathOf(error)));
  const unlike = oracle.errors.filter((error) => !hasSame(ours, error));
  const missing = unlike.filter((error) => !isLeftOut(error));
  const added = ours.errors.filter((error) => !hasSame(oracle, error) && !isSilenced(error, { oracle, whole }));
  const agree = oracle.data === whole.data && unlike.length === 0 && added.length === 0;
  if (agree) return { kind: 'agree' };
  if (asWhole || oracle.data !== whole.data || (missing.length === 0 && added.length === 0))
    return { kind: 'oracle-wrong' };
  return wrong(missing.length > 0 ? `missing errors ${String(missing)}` : `more errors ${String(added)}`);
}

/**
 * Of several fields that make the same object null any one may be told, and what stands beside it may not even be asked
 * (GraphQL 6.4.4): an error below a null is told if another one is along that null.
 */
function hasSame({ errors, data }: Seen, error: string): boolean {
  if (errors.includes(error)) return true;
  const path = pathOf(error);
  const above = nullOn(path, JSON.parse(data));
  return above !== null && above.length < path.length && errors.some((one) => isAlong(pathOf(one), above));
}

function pathOf(error: string): readonly unknown[] {
  const path: unknown = JSON.parse(error.slice(0, error.indexOf('] ') + 1));
  return Array.isArray(path) ? path : [];
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

function isAlong(one: readonly unknown[], other: readonly unknown[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((key, i) => key === other[i]);
}

function paths({ errors }: Seen): readonly string[] {
  return [...new Set(errors.map((error) => error.slice(0, error.indexOf('] ') + 1)))].toSorted();
}

/** A misfit that the oracle kept silent because it had other errors, or that it let pass though the whole has it too. */
function isSilenced(error: string, { oracle, whole }: { oracle: Seen; whole: Seen }): boolean {
  const [path] = error.split(` ${MISFIT}`);
  if (path === error) return false;
  const hasOthers = oracle.errors.some((one) => !one.endsWith(` ${MISFIT}`));
  return hasOthers || whole.errors.some((one) => one.startsWith(`${path} `));
}

function wrong(what: string): Verdict {
  return { kind: 'wrong', what };
}
