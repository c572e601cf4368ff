import type { GraphQLFormattedError } from 'graphql';
import type { ForbiddenField } from './rewrite-operation.ts';

/**
 * Says that a field was taken out of the operation, and which scopes would open it. No `Error`: nobody reads its stack, and
 * taking one costs more than the rest of a field.
 */
export function forbiddenFieldError(
  { coordinate, requiredScopes }: ForbiddenField,
  path: readonly (string | number)[],
): GraphQLFormattedError {
  const wanted = requiredScopes.map((set) => set.join(' + ')).join(' or ');
  const message =
    wanted === ''
      ? `${coordinate} is not open to any caller.`
      : `${coordinate} needs a scope that the token lacks: ${wanted}.`;
  return { message, path, extensions: { code: 'FORBIDDEN_FIELD', coordinate, requiredScopes } };
}
