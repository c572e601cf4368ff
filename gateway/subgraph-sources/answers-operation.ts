import type { SubgraphOperation } from '../../subgraphs/shared/subgraph.ts';
import { operationFacts } from './operation-facts.ts';

type Data = Record<string, unknown>;

/**
 * Whether an answer has the shape that the operation asked for, as far as the engine relies on it: every root field is
 * there, and as many entities as representations. Otherwise the engine would throw, and the error would have no path.
 */
export function answersOperation(data: Data | null | undefined, operation: SubgraphOperation): data is Data {
  if (data === null || data === undefined) return false;
  const { required, entities } = operationFacts(operation);
  if (!required.every((key) => data[key] !== undefined)) return false;
  return entities === null || isListAsLong(data[entities], operation.variables?.representations);
}

function isListAsLong(list: unknown, other: unknown): boolean {
  return Array.isArray(list) && Array.isArray(other) && list.length === other.length;
}
