import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  getNullableType,
  GraphQLID,
  GraphQLInt,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLString,
  isInterfaceType,
  isObjectType,
  Kind,
} from 'graphql';
import { ECHO_PREFIX } from '../subgraph-sources/echo-prefix.ts';
import { entitySelections, withFragments } from './entity-selections.ts';
import { isOfType } from './of-type.ts';
import { fieldsOf, type Requirements } from './requirements.ts';

/** An entity fetch that has its keys repeated beside what it asks. */
export interface EchoingFetch {
  readonly node: FetchNode;
  readonly echoed: EchoedKeys;
}

/** Fields of keys that are repeated, by the type of which they are asked. */
export type EchoedKeys = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * Lets each entity say which one it is: entities that change places, or an answer that was meant for another request,
 * would else put one person's data under another.
 */
export function echoingFetch(
  node: FetchNode,
  { schema, requirements }: { schema: GraphQLSchema; requirements: Requirements },
): EchoingFetch {
  const selections = entitySelections(node.operation);
  const echoed = new Map<string, readonly FieldNode[]>();
  if (selections === null) return { node, echoed };
  const fragments = selections.fragments.map((fragment) => {
    const type = fragment.typeCondition?.name.value ?? '';
    const sent = sentFor(type, node, schema);
    const keys = requirements
      .keysOfType(node.serviceName, type)
      .filter((field) => sent.has(field.name.value) && isPlain(field, schema.getType(type)));
    if (keys.length > 0) echoed.set(type, keys);
    const all = [...fragment.selectionSet.selections, ...keys.map(echo)];
    return { ...fragment, selectionSet: { ...fragment.selectionSet, selections: all } };
  });
  return { node: echoed.size === 0 ? node : withFragments(node, selections, fragments), echoed };
}

/** What representations of a type, or of what stands for it elsewhere (an interface object), have under its own name. */
function sentFor(type: string, { requires = [] }: FetchNode, schema: GraphQLSchema): ReadonlySet<string> {
  const isSent = (condition = '') => isOfType(schema, condition, type) || isOfType(schema, type, condition);

  const names = requires.flatMap((one) =>
    one.kind === 'InlineFragment' && isSent(one.typeCondition)
      ? one.selections.flatMap((field) => (field.kind === 'Field' && field.alias === undefined ? [field.name] : []))
      : [],
  );
  return new Set(names);
}

function echo(field: FieldNode): FieldNode {
  return { ...field, alias: { kind: Kind.NAME, value: `${ECHO_PREFIX}${field.name.value}` } };
}

/** Of what else a key may be made, subgraphs may write the same thing differently. */
const PLAIN: ReadonlySet<unknown> = new Set([GraphQLID, GraphQLString, GraphQLInt]);

function isPlain(field: FieldNode, type: GraphQLNamedType | undefined): boolean {
  const found = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
  const inner = found && getNullableType(found.type);
  if (field.selectionSet === undefined) return PLAIN.has(inner);
  return isObjectType(inner) && fieldsOf(field.selectionSet).every((one) => isPlain(one, inner));
}
