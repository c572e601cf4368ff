import {
  type DirectiveNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Variables } from './amount.ts';

/** What an operation gives for an argument: known from its text, or only with the variables. `undefined` = nothing. */
export type Given = { readonly fixed: unknown } | { readonly open: (variables: Variables) => unknown };
export type GivenFor = (node: FieldNode | DirectiveNode, argument: string) => Given;

/** Reads the arguments of an operation; a variable that is not sent stands for its default. */
export function givenIn({ variableDefinitions = [] }: OperationDefinitionNode): GivenFor {
  const defaults = new Map(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
    ),
  );
  // Without a prototype: a variable may be called constructor.
  const withDefaults = (variables: Variables): Record<string, unknown> =>
    Object.assign(Object.create(null), Object.fromEntries(defaults), variables);

  const given = (node: ValueNode): Given => {
    if (node.kind === Kind.VARIABLE) return { open: variable(node.name.value) };
    if (holdsVariable(node)) return { open: (variables) => valueFromASTUntyped(node, withDefaults(variables)) };
    return { fixed: valueFromASTUntyped(node) };
  };
  const variable = (name: string) => (variables: Variables) => {
    const sent = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return sent === undefined ? defaults.get(name) : sent;
  };

  return ({ arguments: nodes = [] }, argument) => {
    const node = nodes.find(({ name }) => name.value === argument);
    return node === undefined ? { fixed: undefined } : given(node.value);
  };
}

function holdsVariable(node: ValueNode): boolean {
  if (node.kind === Kind.LIST) return node.values.some(holdsVariable);
  if (node.kind === Kind.OBJECT) return node.fields.some(({ value }) => holdsVariable(value));
  return node.kind === Kind.VARIABLE;
}
