import { GraphQLError, type ValidationRule } from 'graphql';
import { PLACEHOLDER } from './placeholder.ts';
import { isWitness } from './witnesses.ts';

/** Validation rule: the aliases that the hub itself puts into a rewritten operation are not the caller's to use. */
export const reservedAliasRule: ValidationRule = (context) => ({
  Field({ alias }) {
    if (alias !== undefined && (PLACEHOLDER.test(alias.value) || isWitness(alias.value)))
      context.reportError(
        new GraphQLError(
          'Aliases that begin with xinqiao_ and are used by the hub itself are reserved; choose another.',
          {
            nodes: alias,
          },
        ),
      );
  },
});
