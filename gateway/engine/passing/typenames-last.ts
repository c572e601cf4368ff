import type { FetchNode } from '@apollo/query-planner';
import { type DocumentNode, Kind, parse, print, type SelectionNode, stripIgnoredCharacters, visit } from 'graphql';

/** Whether `__typename` is the last of every selection set that has it: so Apollo Client, urql and others add it. */
export function hasTypenamesLast(document: DocumentNode): boolean {
  let hasAny = false;
  let allLast = true;
  visit(document, {
    SelectionSet: ({ selections }) => {
      const at = selections.findIndex(isTypename);
      if (at < 0) return;
      hasAny = true;
      if (at < selections.length - 1) allLast = false;
    },
  });
  return hasAny && allLast;
}

/** The fetch with `__typename` where such a client has it, which the planner asks first: an answer in another order cannot pass through. */
export function typenamesLast(node: FetchNode): FetchNode {
  const document = visit(parse(node.operation, { noLocation: true }), {
    SelectionSet: (set) => ({
      ...set,
      selections: [...set.selections.filter((one) => !isTypename(one)), ...set.selections.filter(isTypename)],
    }),
  });
  return { ...node, operation: stripIgnoredCharacters(print(document)), operationDocumentNode: undefined };
}

function isTypename(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename';
}
