import type { ApolloServerPlugin } from '@apollo/server';
import {
  coerceInputValue,
  GraphQLError,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import type { GatewayContext } from './gateway-context.ts';

/**
 * Checks an operation's variables before anything else does, because graphql-js and the engine repeat a wrong value in
 * their message, and it may be a name or an ID number (case 66). Ours names the variable and the place in it.
 */
export const variableCheck: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, operation, request }) => {
      const [first] = operation === undefined ? [] : variableMistakes(schema, operation, request.variables ?? {});
      if (first !== undefined)
        throw new GraphQLError(`${first}; see the variable's type in /schema.graphql.`, {
          extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
        });
    },
  }),
};

/** One line a mistake: `$input: not valid at input.idNumber`. */
export function variableMistakes(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly string[] {
  return variableDefinitions.flatMap(({ variable, type: typeNode, defaultValue }) => {
    const name = variable.name.value;
    const type = typeFromAST(schema, typeNode);
    // What is no input type was refused by validation.
    if (!isInputType(type)) return [];
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined) {
      const missing = isNonNullType(type) && defaultValue === undefined;
      return missing ? [`The variable $${name} is required`] : [];
    }
    const mistakes: string[] = [];
    coerceInputValue(value, type, (path, _value, { extensions, message }) => {
      // The hub's own scalars say what they expect and never what they got.
      const expected = extensions.code === 'BAD_USER_INPUT' ? ` (${message.replace(/\.$/, '')})` : '';
      mistakes.push(`The variable $${name} is not valid at ${[name, ...path].join('.')}${expected}`);
    });
    return mistakes;
  });
}
