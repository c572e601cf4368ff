import { divisionPrefix } from '../../adapters/shared/division.ts';

/** Digits of a province, city, district, town, village. */
const LEVELS = [2, 4, 6, 9, 12];

/** The division itself and all above it, nearest first: village, town, district, city, province. */
function divisionChain(division: string): readonly string[] {
  const prefix = divisionPrefix(division);
  return LEVELS.filter((digits) => digits <= prefix.length)
    .map((digits) => prefix.slice(0, digits))
    .toReversed();
}

/** How a service's area stands to a division: it lies within it, holds it, or lies beside it under the same parent. */
export type Reach = 'OWN' | 'PARENT' | 'NEIGHBOUR';

/** One step of a search by nearness: an index value, and the areas that count as this step. */
export interface AreaStep {
  readonly reach: Reach;
  readonly value: string;
}

/** Areas within a division are found under `in:`, an area itself under `at:`. Everything is `in:`. */
export const EVERYWHERE = 'in:';

/** What an entry with this area is found under. */
export function areaValues(area: string): readonly string[] {
  const chain = divisionChain(area);
  return [`at:${chain[0] ?? ''}`, ...chain.map((prefix) => `in:${prefix}`), EVERYWHERE];
}

/**
 * Where to look for a division, nearest first: what lies within it, what serves the divisions above it, and with
 * `neighbours` what lies beside it: villages of the same town, then towns of the same district, then districts of the
 * same city.
 */
export function areaSteps(division: string | null, { neighbours }: { neighbours: boolean }): readonly AreaStep[] {
  if (division === null) return [{ reach: 'OWN', value: EVERYWHERE }];
  const [own = '', ...above] = divisionChain(division);
  return [
    { reach: 'OWN', value: `in:${own}` },
    ...above.map((prefix) => ({ reach: 'PARENT' as const, value: `at:${prefix}` })),
    // Not beyond the city: that is no neighbourhood.
    ...(neighbours ? above.filter((prefix) => prefix.length >= CITY_DIGITS) : []).map((prefix) => ({
      reach: 'NEIGHBOUR' as const,
      value: `in:${prefix}`,
    })),
  ];
}

const CITY_DIGITS = 4;

/** The first step under which these areas are found: each service stands in one step only. `-1` = in none. */
export function firstStep(areas: readonly string[], steps: readonly AreaStep[]): number {
  const values = new Set(areas.flatMap(areaValues));
  return steps.findIndex(({ value }) => values.has(value));
}
