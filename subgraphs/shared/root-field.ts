import { type GraphQLResolveInfo, Kind } from 'graphql';

/** A root field, as the `info` of its resolver tells it. */
export type RootField = Pick<GraphQLResolveInfo, 'parentType' | 'fieldName'>;

type Info = Pick<GraphQLResolveInfo, 'path' | 'operation' | 'schema'>;

/** The root field under which a resolver is at work, however deep. */
export function rootFieldOf({ path, operation, schema }: Info): RootField | undefined {
  let top = path;
  while (top.prev !== undefined) top = top.prev;
  const field = operation.selectionSet.selections.find(
    (one) => one.kind === Kind.FIELD && (one.alias ?? one.name).value === top.key,
  );
  const parentType = schema.getRootType(operation.operation);
  return field?.kind === Kind.FIELD && parentType ? { parentType, fieldName: field.name.value } : undefined;
}
