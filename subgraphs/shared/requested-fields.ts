import { collectSubFields } from '@graphql-tools/utils';
import { getNamedType, type GraphQLResolveInfo, isObjectType } from 'graphql';

/** Names of the fields asked of the object that this resolver answers, through fragments, `@skip` and `@include`. */
export function requestedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const type = getNamedType(info.returnType);
  if (!isObjectType(type)) return new Set();
  // It takes variables in the form of graphql 17, and hands on what is coerced to graphql 16.
  const variables = { coerced: info.variableValues, sources: {} };
  const { fields } = collectSubFields(info.schema, info.fragments, variables, type, [...info.fieldNodes]);
  return new Set([...fields.values()].flatMap((nodes) => nodes.map((node) => node.name.value)));
}
