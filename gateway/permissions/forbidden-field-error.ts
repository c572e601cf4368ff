import { GraphQLError } from 'graphql';
import type { ForbiddenField } from './rewrite-operation.ts';

/** Says that a field was taken out of the operation, and which scopes would open it. */
export function forbiddenFieldError(
  { coordinate, requiredScopes }: ForbiddenField,
  path: readonly (string | number)[],
): GraphQLError {
  const wanted = requiredScopes.map((set) => set.join(' + ')).join(' or ');
  const message =
    wanted === ''
      ? `${coordinate} is not open to any caller.`
      : `${coordinate} needs a scope that the token lacks: ${wanted}.`;
  return new GraphQLError(message, { path, extensions: { code: 'FORBIDDEN_FIELD', coordinate, requiredScopes } });
}
