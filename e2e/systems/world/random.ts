/** Seeded chance. Whole-number arithmetic only, so that every machine draws the same. */

export interface Random {
  /** From 0 (included) to 1 (excluded). */
  float(): number;
  /** Whole number, both ends included. */
  int(min: number, max: number): number;
  /** True with this probability: `chance(0.1)` is true one time in ten. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Picks by weight: `weighted([['primary', 6], ['junior', 3]])`. Weights need not add up to anything. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** An ISO date between two ISO dates, both included. */
  date(fromIso: string, toIso: string): string;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[];
}

const DAY_MS = 86_400_000;

/**
 * A source of chance of its own for each set of labels: `randomFor(world.seed, 'health', 'visits', person.id)`. What one
 * record draws never depends on how many others were made before it.
 */
export function randomFor(seed: number, ...labels: readonly (string | number)[]): Random {
  const next = xoshiro128(fnv1a(`${seed}\u0000${labels.join('\u0000')}`));
  const float = () => next() / 2 ** 32;
  const int = (min: number, max: number) => min + Math.floor(float() * (max - min + 1));
  return {
    float,
    int,
    chance: (probability) => float() < probability,
    pick: (list) => at(list, int(0, list.length - 1)),
    weighted: (list) => pickWeighted(list, float()),
    date: (fromIso, toIso) => dateOfDay(int(dayOf(fromIso), dayOf(toIso))),
    shuffle: (list) => shuffled(list, int),
  };
}

function at<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) throw new RangeError('nothing to pick from: the list is empty');
  return list[index] as T;
}

function pickWeighted<T>(list: readonly (readonly [T, number])[], drawn: number): T {
  const total = list.reduce((sum, [, weight]) => sum + weight, 0);
  let left = drawn * total;
  for (const [value, weight] of list) {
    if (left < weight) return value;
    left -= weight;
  }
  return at(list, list.length - 1)[0];
}

/** Fisher and Yates, in Durstenfeld's form. */
function shuffled<T>(list: readonly T[], int: Random['int']): T[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = int(0, last);
    const kept = copy[last] as T;
    copy[last] = copy[other] as T;
    copy[other] = kept;
  }
  return copy;
}

const dayOf = (iso: string) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
const dateOfDay = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** FNV-1a, 32 bits, over UTF-16 units: spreads labels over seeds; nothing secret hangs on it. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** splitmix32: fills a generator's state from one number. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** xoshiro128** by Blackman and Vigna. */
function xoshiro128(seed: number): () => number {
  const fill = splitmix32(seed);
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  return () => {
    const drawn = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return drawn;
  };
}

const rotated = (value: number, by: number) => (value << by) | (value >>> (32 - by));
