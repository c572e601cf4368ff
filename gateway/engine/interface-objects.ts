import { type GraphQLSchema, isInterfaceType, Kind } from 'graphql';

/**
 * Interfaces that some subgraph knows as an object only (`@interfaceObject`). It cannot say what an object of it is, and a
 * plan does not ask elsewhere unless the answer depends on that.
 */
export function interfaceObjects(fullSchema: GraphQLSchema): ReadonlySet<string> {
  const names = Object.values(fullSchema.getTypeMap()).flatMap((type) => {
    const { directives = [] } = (isInterfaceType(type) && type.astNode) || {};
    const isObjectSomewhere = directives.some(
      ({ name, arguments: given = [] }) =>
        name.value === 'join__type' &&
        given.some(
          ({ name: { value: arg }, value }) =>
            arg === 'isInterfaceObject' && value.kind === Kind.BOOLEAN && value.value,
        ),
    );
    return isObjectSomewhere ? [type.name] : [];
  });
  return new Set(names);
}
