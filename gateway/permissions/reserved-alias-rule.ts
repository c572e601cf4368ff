import { GraphQLError, type ValidationRule } from 'graphql';
import { PLACEHOLDER } from './rewrite-operation.ts';

/** Validation rule: the aliases that stand for forbidden fields in a rewritten operation are not the caller's to use. */
export const reservedAliasRule: ValidationRule = (context) => ({
  Field({ alias }) {
    if (alias !== undefined && PLACEHOLDER.test(alias.value))
      context.reportError(
        new GraphQLError('Aliases of the form xinqiao_forbidden_<number> are reserved; choose another.', {
          nodes: alias,
        }),
      );
  },
});
