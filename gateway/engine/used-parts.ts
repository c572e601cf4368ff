import { type DocumentNode, Kind, separateOperations, visit } from 'graphql';

/** One operation of a document with the fragments and variables that it uses: what else stands there is nothing to plan. */
export function usedParts(document: DocumentNode, operationName: string): DocumentNode {
  const chosen = separateOperations(document)[operationName];
  if (chosen === undefined) throw new Error('the operation to run was not resolved');
  const used = new Set<string>();
  visit(chosen, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      used.add(name.value);
    },
  });
  return visit(chosen, {
    [Kind.VARIABLE_DEFINITION]: ({ variable }) => (used.has(variable.name.value) ? false : null),
  });
}
