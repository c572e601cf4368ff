import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** A root field, as the `info` of its resolver tells it. */
export type RootField = Pick<GraphQLResolveInfo, 'parentType' | 'fieldName'>;

type Info = Pick<GraphQLResolveInfo, 'path' | 'operation' | 'schema' | 'fragments'>;

/** The root field under which a resolver is at work, however deep; it may stand in a fragment, as under a condition. */
export function rootFieldOf({ path, operation, schema, fragments }: Info): RootField | undefined {
  let top = path;
  while (top.prev !== undefined) top = top.prev;
  const field = fieldsIn(operation.selectionSet, fragments).find((one) => (one.alias ?? one.name).value === top.key);
  const parentType = schema.getRootType(operation.operation);
  return field && parentType ? { parentType, fieldName: field.name.value } : undefined;
}

function fieldsIn(set: SelectionSetNode | undefined, fragments: GraphQLResolveInfo['fragments']): readonly FieldNode[] {
  return (set?.selections ?? []).flatMap((one) => {
    if (one.kind === Kind.FIELD) return [one];
    const inside = one.kind === Kind.INLINE_FRAGMENT ? one : fragments[one.name.value];
    return fieldsIn(inside?.selectionSet, fragments);
  });
}
