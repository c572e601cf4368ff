import type { GatewayContext } from '../gateway-context.ts';
import { operationFacts } from './operation-facts.ts';
import type { EngineOperation } from './subgraph-source.ts';

/** A call with what it weighs: the representations that it is for, or one. */
export interface Weighed {
  readonly operation: EngineOperation;
  readonly context: GatewayContext;
  readonly representations: readonly unknown[];
}

/** One operation of a request, and the calls that it answers: one, or several whose entities it asks for in a row. */
export interface Parcel<Call extends Weighed> {
  readonly operation: EngineOperation;
  readonly context: GatewayContext;
  readonly calls: readonly Call[];
  readonly weight: number;
}

export interface PackingOptions {
  /** Calls for entities with the same operation become one. Only for subgraphs that are told of nobody. */
  readonly merging: boolean;
  /** Operations in one request. */
  readonly maxOperations: number;
  /** Representations in one request. */
  readonly maxWeight: number;
}

/** Packs calls into requests. What is merged and what is not keeps its order. */
export function requestsOf<Call extends Weighed>(
  calls: readonly Call[],
  { merging, maxOperations, maxWeight }: PackingOptions,
): readonly (readonly Parcel<Call>[])[] {
  const parcels = merging ? mergedParcels(calls, maxWeight) : calls.map((call) => parcelOf([call]));
  return portions(parcels, { maxCount: maxOperations, maxWeight, weightOf: ({ weight }) => weight });
}

function mergedParcels<Call extends Weighed>(calls: readonly Call[], maxWeight: number): readonly Parcel<Call>[] {
  const groups = Map.groupBy(calls, (call) => (operationFacts(call.operation).entitiesOnly ? keyOf(call) : call));
  return [...groups.values()].flatMap((group) =>
    portions(group, { maxCount: group.length, maxWeight, weightOf }).map(parcelOf),
  );
}

/** Nearly always the text alone, whose hash the engine knows already. */
function keyOf({ operation: { query, variables = {} }, context: { traceparent } }: Weighed): string {
  const { representations: _, ...others } = variables;
  const text = JSON.stringify(others);
  return text === '{}' && traceparent === null ? query : `${traceparent} ${text} ${query}`;
}

function parcelOf<Call extends Weighed>(calls: readonly Call[]): Parcel<Call> {
  const [first, ...more] = calls;
  if (first === undefined) throw new Error('a parcel of nothing');
  const { operation, context } = first;
  if (more.length === 0) return { operation, context, calls, weight: weightOf(first) };
  const representations = calls.flatMap((call) => call.representations);
  const whole = { ...operation, variables: { ...operation.variables, representations } };
  return { operation: whole, context, calls, weight: representations.length };
}

function weightOf({ representations }: Weighed): number {
  return Math.max(1, representations.length);
}

/** In order, as many together as are neither too many nor too heavy. */
function portions<T>(
  all: readonly T[],
  { maxCount, maxWeight, weightOf }: { maxCount: number; maxWeight: number; weightOf: (one: T) => number },
): readonly (readonly T[])[] {
  const cut: T[][] = [];
  let weight = 0;
  for (const one of all) {
    const last = cut.at(-1);
    weight += weightOf(one);
    if (last === undefined || last.length >= maxCount || weight > maxWeight) {
      cut.push([one]);
      weight = weightOf(one);
    } else last.push(one);
  }
  return cut;
}
