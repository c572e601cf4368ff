/** One answer as numbers, in an order that is the same for all. */
export type Features = readonly number[];

/** What of one side was measured, in the order in which it was. */
export interface Sides {
  readonly a: readonly Features[];
  readonly b: readonly Features[];
}

/** `a` where the value lies between the two bounds, or where it does not. */
interface Rule {
  readonly feature: number;
  readonly from: number;
  readonly to: number;
  readonly inside: 'a' | 'b';
}

/** Bounds are looked for among so many quantiles of each feature. */
const QUANTILES = 40;

/**
 * How often a rule learnt from every other sample of each side tells the sides of the remaining ones apart, as a share:
 * 0.5 = by chance, 1 = always. Rules are thresholds and intervals of single features, the best of them on what it learns.
 */
export function distinguished({ a, b }: Sides): number {
  const [learnA, testA] = halves(a);
  const [learnB, testB] = halves(b);
  const rule = best(learnA, learnB);
  return (share(testA, rule, 'a') + share(testB, rule, 'b')) / 2;
}

/** The same for somebody who asks so many times about the same person and takes median, least and mean of what comes. */
export function distinguishedByGroups({ a, b }: Sides, size: number): number {
  return distinguished({ a: grouped(a, size), b: grouped(b, size) });
}

function halves(samples: readonly Features[]): readonly [readonly Features[], readonly Features[]] {
  return [samples.filter((_, i) => i % 2 === 0), samples.filter((_, i) => i % 2 === 1)];
}

function best(a: readonly Features[], b: readonly Features[]): Rule {
  const rules = (a[0] ?? []).flatMap((_, feature) => rulesOf([...a, ...b], feature));
  const scored = rules.map((rule) => ({ rule, score: share(a, rule, 'a') + share(b, rule, 'b') }));
  const winner = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return winner.rule;
}

function rulesOf(samples: readonly Features[], feature: number): readonly Rule[] {
  const sorted = Float64Array.from(samples, (one) => one[feature] ?? Number.NaN).sort();
  const inner = Array.from({ length: QUANTILES - 1 }, (_, i) => sorted[quantileAt(sorted.length, i + 1)] ?? Number.NaN);
  const bounds = [Number.NEGATIVE_INFINITY, ...new Set(inner), Number.POSITIVE_INFINITY];
  return bounds.flatMap((from, i) =>
    bounds.slice(i + 1).flatMap((to) => (['a', 'b'] as const).map((inside): Rule => ({ feature, from, to, inside }))),
  );
}

const quantileAt = (length: number, i: number) => Math.floor((length * i) / QUANTILES);

function share(samples: readonly Features[], { feature, from, to, inside }: Rule, side: 'a' | 'b'): number {
  let hits = 0;
  for (const one of samples) {
    const value = one[feature] ?? Number.NaN;
    const isInside = value > from && value <= to;
    if (isInside === (side === inside)) hits += 1;
  }
  return hits / samples.length;
}

/** One set of numbers a group: of each feature median, least and mean. What does not fill a group is left out. */
function grouped(samples: readonly Features[], size: number): readonly Features[] {
  const groups = Array.from({ length: Math.floor(samples.length / size) }, (_, i) =>
    samples.slice(i * size, (i + 1) * size),
  );
  return groups.map((group) =>
    (group[0] ?? []).flatMap((_, feature) => {
      const values = Float64Array.from(group, (one) => one[feature] ?? Number.NaN).sort();
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [values[values.length >> 1] ?? Number.NaN, values[0] ?? Number.NaN, mean];
    }),
  );
}
