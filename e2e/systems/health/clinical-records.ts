import { carePlan, episodeOfCare, medicationRequest } from './care-given.ts';
import { type Chart, times } from './chart.ts';
import { condition, encounter, observation } from './clinical-facts.ts';
import type { Course } from './code-lists.ts';

export type ClinicalResource = ReturnType<typeof clinicalResources>[number];

/** How many of each resource a course brings: at least, at most. */
const VOLUMES: Readonly<
  Record<Course, Readonly<Record<'enc' | 'con' | 'obs' | 'cpl' | 'med' | 'epi', readonly [number, number]>>>
> = {
  physical: { enc: [1, 6], con: [1, 2], obs: [0, 1], cpl: [0, 0], med: [0, 2], epi: [0, 0] },
  common: { enc: [2, 8], con: [1, 2], obs: [1, 4], cpl: [0, 1], med: [0, 3], epi: [0, 1] },
  severe: { enc: [3, 12], con: [1, 3], obs: [1, 3], cpl: [1, 2], med: [1, 5], epi: [1, 3] },
  child: { enc: [1, 6], con: [1, 2], obs: [1, 4], cpl: [0, 1], med: [0, 1], epi: [0, 0] },
};

/** All clinical resources of one patient. Visits were transferred twice now and then: same visit number, another id. */
export function clinicalResources(chart: Chart) {
  const { draw, course } = chart;
  const volume = VOLUMES[course];
  const count = (kind: keyof typeof volume) => draw.int(...volume[kind]);
  const visits = times(count('enc'), chart, encounter);
  const first = visits[0];
  const twice = first && draw.chance(0.05) ? [{ ...first, id: `${first.id}-copy` }] : [];
  return [
    ...visits,
    ...twice,
    ...times(count('con'), chart, condition),
    ...times(count('obs'), chart, observation),
    ...times(count('cpl'), chart, carePlan),
    ...times(count('med'), chart, medicationRequest),
    ...times(count('epi'), chart, episodeOfCare),
  ];
}
