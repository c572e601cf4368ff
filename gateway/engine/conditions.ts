import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  visit,
} from 'graphql';
import { NOTHING } from './nothing.ts';

const CONDITIONS = new Set(['skip', 'include']);

/** Names of the variables that decide about @skip and @include somewhere in a document, in a fixed order. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      const value = given[0]?.value;
      if (CONDITIONS.has(name.value) && value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].toSorted();
}

/** What a variable of a condition is in a request: as sent, else its default. */
export function conditionValue(
  { variableDefinitions = [] }: OperationDefinitionNode,
  name: string,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  const sent = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (sent !== undefined) return sent === true;
  const { defaultValue } = variableDefinitions.find(({ variable }) => variable.name.value === name) ?? {};
  return defaultValue?.kind === Kind.BOOLEAN && defaultValue.value;
}

/**
 * A document as it is for these values: without @skip and @include and what they take out. An object of which nothing is
 * left to select keeps a placeholder, since it is still in the answer.
 *
 * So plans have no conditions: the planner's work doubles with each distinct one, and it would be done again for a request
 * that uses only one of the cases.
 */
export function withoutConditions(document: DocumentNode, isTrue: (variable: string) => boolean): DocumentNode {
  const isLeftOut = ({ directives = [] }: { directives?: readonly DirectiveNode[] | undefined }) =>
    directives.some(({ name, arguments: given = [] }) => {
      const value = given[0]?.value;
      const holds =
        value?.kind === Kind.VARIABLE ? isTrue(value.name.value) : value?.kind === Kind.BOOLEAN && value.value;
      return (name.value === 'skip' && holds) || (name.value === 'include' && !holds);
    });
  const enter = (node: SelectionNode) => (isLeftOut(node) ? null : undefined);
  return visit(document, {
    Field: enter,
    FragmentSpread: enter,
    InlineFragment: enter,
    Directive: ({ name }) => (CONDITIONS.has(name.value) ? null : undefined),
    SelectionSet: { leave: (node) => (node.selections.length === 0 ? { ...node, selections: [NOTHING] } : undefined) },
  });
}
