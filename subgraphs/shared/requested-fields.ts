import { collectSubFields } from '@graphql-tools/utils';
import { getNamedType, type GraphQLResolveInfo, isObjectType } from 'graphql';

/** Names of the fields asked of the object that this resolver answers, through fragments, `@skip` and `@include`. */
export function requestedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const type = getNamedType(info.returnType);
  if (!isObjectType(type)) return new Set();
  // Its types describe graphql 17's variables; with graphql 16 it reads these plain values.
  const variables = info.variableValues as never;
  const { fields } = collectSubFields(info.schema, info.fragments, variables, type, [...info.fieldNodes]);
  return new Set([...fields.values()].flatMap((nodes) => nodes.map((node) => node.name.value)));
}
