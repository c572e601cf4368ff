import { type GraphQLSchema, isScalarType } from 'graphql';
import { SCALARS } from '../subgraphs/shared/scalars.ts';

/**
 * Gives the scalars of the API their rules, which a supergraph does not carry: a wrong value is refused at the front
 * door, with its place, instead of by a subgraph in the middle of a plan. Scalars that the hub does not know take anything.
 */
export function withKnownScalars(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    const known = Object.hasOwn(SCALARS, type.name) ? SCALARS[type.name as keyof typeof SCALARS] : undefined;
    if (!isScalarType(type) || known === undefined) continue;
    type.parseValue = known.parseValue;
    type.parseLiteral = known.parseLiteral;
  }
  return schema;
}
