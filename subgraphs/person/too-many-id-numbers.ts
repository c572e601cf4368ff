import { GraphQLError } from 'graphql';

/** Matching and registering share one limit: both tell something of whose ID number is tried. */
export function tooManyIdNumbers(): GraphQLError {
  return new GraphQLError('Too many ID numbers were tried by this client; try again in a minute.', {
    extensions: { code: 'LIMIT_EXCEEDED', limit: 'matchPerson' },
  });
}
