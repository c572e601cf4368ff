import { GraphQLError, type GraphQLFieldResolver } from 'graphql';

/** Goes before a resolver; may refuse the field. */
export type Guard = <Source>(resolver: GraphQLFieldResolver<Source, unknown>) => GraphQLFieldResolver<Source, unknown>;

export const unguarded: Guard = (resolver) => resolver;

/** Refuses fields by their coordinates, as the hub does. */
export function guardedBy(isAllowed: (coordinate: string) => boolean): Guard {
  return (resolver) => (source, args, context, info) => {
    const coordinate = `${info.parentType.name}.${info.fieldName}`;
    if (isAllowed(coordinate)) return resolver(source, args, context, info);
    throw new GraphQLError('forbidden', { extensions: { code: 'FORBIDDEN_FIELD' } });
  };
}
