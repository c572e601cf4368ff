/**
 * What work costs that no operation asks for by its fields, in the points of the cost directives. Their scale is a care
 * profile: it costs about 300 and takes a millisecond of a core. docs/decisions/limits-of-our-own.md has the measurements.
 */
export const WORK_COSTS = {
  /** Every request: to find out whose it is, and to answer. */
  request: 30,
  /** To read it. */
  headerLine: 0.3,
  headerByte: 0.005,
  bodyByte: 0.01,
  /** A plan that is not remembered: for a millisecond of the planner's thread. */
  planningMs: 300,
} as const;

export type WorkCosts = Readonly<Record<keyof typeof WORK_COSTS, number>>;
