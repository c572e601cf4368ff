import type { HubAnswer } from '../../harness/hub-client.ts';

type Path = readonly (string | number)[];
export type Judgement = 'whole' | 'part' | 'wrong';

/**
 * An answer beside the one that was given while all was well: the same, or the same but for what is `null` and for which an
 * error says why, or neither.
 */
export function judged({ data, errors }: Pick<HubAnswer, 'data' | 'errors'>, good: unknown): Judgement {
  const paths = errors.map(({ path = [] }) => path);
  if (paths.length === 0) return isSame(data, good, { paths: [], at: [] }) ? 'whole' : 'wrong';
  return isSame(data, good, { paths, at: [] }) ? 'part' : 'wrong';
}

function isSame(given: unknown, good: unknown, { paths, at }: { paths: readonly Path[]; at: Path }): boolean {
  if (given === null && good !== null) return paths.some((path) => leadsTo(path, at));
  if (typeof good !== 'object' || good === null) return given === good;
  if (typeof given !== 'object' || given === null || Array.isArray(given) !== Array.isArray(good)) return false;
  const [keys, goodKeys] = [Object.keys(given), Object.keys(good)];
  return (
    keys.length === goodKeys.length &&
    Object.entries(good).every(([key, value]) =>
      isSame((given as Record<string, unknown>)[key], value, {
        paths,
        at: [...at, Array.isArray(good) ? Number(key) : key],
      }),
    )
  );
}

/** An error may stand above what is missing, or below it, where a field that may not be null was. */
const leadsTo = (path: Path, at: Path): boolean =>
  at.slice(0, path.length).every((key, i) => key === path[i]) ||
  path.slice(0, at.length).every((key, i) => key === at[i]);
