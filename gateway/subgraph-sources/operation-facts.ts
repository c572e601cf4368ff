import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
} from 'graphql';
import type { SubgraphOperation } from '../../subgraphs/shared/subgraph.ts';

/** What is the same whenever the fetch of a plan is made. */
export interface OperationFacts {
  /** The text as a JSON string. */
  readonly json: string;
  /** A query; may be asked twice. */
  readonly read: boolean;
  /** Names under which an answer has root fields for certain. */
  readonly required: readonly string[];
  /** The name under which the answer has the entities of `$representations`; `null` where it asks for none. */
  readonly entities: string | null;
  /** It asks for those entities and for nothing else. */
  readonly entitiesOnly: boolean;
}

const known = new WeakMap<DocumentNode, OperationFacts>();

/** The facts of an operation, found once for each document: those of plans live as long as their plan. */
export function operationFacts({ query, document = parse(query) }: SubgraphOperation): OperationFacts {
  const found = known.get(document) ?? factsOf(query, document);
  known.set(document, found);
  return found;
}

function factsOf(query: string, document: DocumentNode): OperationFacts {
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const selections = operation?.selectionSet.selections ?? [];
  const fields = selections.filter((one): one is FieldNode => one.kind === Kind.FIELD);
  const entities = fields.find(({ name }) => name.value === '_entities');
  return {
    json: JSON.stringify(query),
    read: operation?.operation === OperationTypeNode.QUERY,
    required: fields.filter((field) => field !== entities && (field.directives ?? []).length === 0).map(keyOf),
    entities: entities === undefined ? null : keyOf(entities),
    entitiesOnly: entities !== undefined && selections.length === 1,
  };
}

function keyOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}
