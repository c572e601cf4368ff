import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  getNamedType,
  GraphQLID,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
} from 'graphql';
import { ECHO_PREFIX } from '../subgraph-sources/echo-prefix.ts';
import { entitySelections, withFragments } from './entity-selections.ts';
import type { Requirements } from './requirements.ts';

/** An entity fetch that has the IDs of its keys repeated beside what it asks, and the names of those IDs. */
export interface EchoingFetch {
  readonly node: FetchNode;
  readonly echoed: readonly string[];
}

/**
 * Lets each entity say which one it is: entities that change places, or an answer that was meant for another request,
 * would else put one person's data under another.
 */
export function echoingFetch(
  node: FetchNode,
  { schema, requirements }: { schema: GraphQLSchema; requirements: Requirements },
): EchoingFetch {
  const selections = entitySelections(node.operation);
  if (selections === null) return { node, echoed: [] };
  const echoed = new Set<string>();
  const fragments = selections.fragments.map((fragment) => {
    const type = fragment.typeCondition?.name.value ?? '';
    const keys = requirements.keysOfType(node.serviceName, type);
    const ids = sentFor(type, node).filter((name) => keys.has(name) && isId(schema, type, name));
    for (const id of ids) echoed.add(id);
    const all = [...fragment.selectionSet.selections, ...ids.map(echo)];
    return { ...fragment, selectionSet: { ...fragment.selectionSet, selections: all } };
  });
  if (echoed.size === 0) return { node, echoed: [] };
  return { node: withFragments(node, selections, fragments), echoed: [...echoed] };
}

/** What representations of a type have under its own name. */
function sentFor(type: string, { requires = [] }: FetchNode): readonly string[] {
  const names = requires.flatMap((one) =>
    one.kind === 'InlineFragment' && one.typeCondition === type
      ? one.selections.flatMap((field) => (field.kind === 'Field' && field.alias === undefined ? [field.name] : []))
      : [],
  );
  return [...new Set(names)];
}

function echo(name: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: `${ECHO_PREFIX}${name}` },
    name: { kind: Kind.NAME, value: name },
  };
}

function isId(schema: GraphQLSchema, typename: string, field: string): boolean {
  const type = schema.getType(typename);
  const found = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
  return found !== undefined && getNamedType(found.type) === GraphQLID;
}
