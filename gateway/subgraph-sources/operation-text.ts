import { LRUCache } from 'lru-cache';
import { Kind, OperationTypeNode, parse } from 'graphql';
import type { SubgraphOperation } from '../../subgraphs/shared/subgraph.ts';

/** What is the same whenever a plan's fetch is made. */
export interface OperationText {
  /** The text as a JSON string. */
  readonly json: string;
  /** A query; may be asked twice. */
  readonly read: boolean;
}

const MOST = 5_000;

/** Operations come from plans and repeat: each is looked at once, as long as it is among the last some thousand. */
export function operationTexts(): (operation: SubgraphOperation) => OperationText {
  const known = new LRUCache<string, OperationText>({ max: MOST });
  return (operation) => {
    const { query } = operation;
    const found = known.get(query);
    if (found !== undefined) return found;
    const text = { json: JSON.stringify(query), read: !changes(operation) };
    known.set(query, text);
    return text;
  };
}

function changes({ query, document = parse(query) }: SubgraphOperation): boolean {
  return document.definitions.some(
    (one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.MUTATION,
  );
}
