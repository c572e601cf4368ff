import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
} from 'graphql';
import { type OperationDefinitionNode, typeFromAST, type VariableDefinitionNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Checks an operation's variables before anything else does, because graphql-js and the engine repeat a wrong value in
 * their message, and it may be a name or an ID number (case 66). Ours names the variable and the place in it. What it
 * answers throws for the first mistake; making it is for once an operation, calling it for each request.
 */
export function variableCheck(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): (variables: Variables) => void {
  const mistakesIn = variableMistakes(schema, operation);
  return (variables) => {
    const [first] = mistakesIn(variables);
    if (first !== undefined)
      throw new GraphQLError(`${first}; see the variable's type in /schema.graphql.`, {
        extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
      });
  };
}

/** One line a mistake: `$input: not valid at input.idNumber`. */
export function variableMistakes(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): (variables: Variables) => readonly string[] {
  const declared = variableDefinitions.flatMap((definition) => {
    const type = typeFromAST(schema, definition.type);
    // What is no input type was refused by validation.
    return isInputType(type) ? [declaredVariable(definition, type)] : [];
  });
  return (variables) =>
    declared.flatMap(({ name, mistakes }) => mistakes(Object.hasOwn(variables, name) ? variables[name] : undefined));
}

function declaredVariable({ variable, defaultValue }: VariableDefinitionNode, type: GraphQLInputType) {
  const name = variable.name.value;
  const missing = isNonNullType(type) && defaultValue === undefined ? [`The variable $${name} is required`] : [];
  return {
    name,
    mistakes: (value: unknown): readonly string[] => {
      if (value === undefined) return missing;
      const mistakes: string[] = [];
      coerceInputValue(value, type, (path, _value, { extensions, message }) => {
        // The hub's own scalars say what they expect and never what they got.
        const expected = extensions.code === 'BAD_USER_INPUT' ? ` (${message.replace(/\.$/, '')})` : '';
        mistakes.push(`The variable $${name} is not valid at ${[name, ...path].join('.')}${expected}`);
      });
      return mistakes;
    },
  };
}
