import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';

/**
 * Whether an answer has the shape that the operation asked for, as far as the engine relies on it: every root field is
 * there, and as many entities as representations. Otherwise the engine would throw, and the error would have no path.
 */
export function answersOperation(
  data: unknown,
  { document, variables = {} }: { document: DocumentNode; variables?: Readonly<Record<string, unknown>> | undefined },
): data is Record<string, unknown> {
  if (typeof data !== 'object' || data === null) return false;
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const entries: Record<string, unknown> = { ...data };
  return (operation?.selectionSet.selections ?? []).every((selection) => {
    if (selection.kind !== Kind.FIELD) return true;
    const conditional = (selection.directives ?? []).length > 0;
    const value = entries[selection.alias?.value ?? selection.name.value];
    if (selection.name.value !== '_entities') return value !== undefined || conditional;
    const { representations } = variables;
    return Array.isArray(value) && Array.isArray(representations) && value.length === representations.length;
  });
}
