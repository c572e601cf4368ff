import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { Answered } from './own.ts';

const NOTHING_ASKED: Readonly<Answered> = {};

/** Answers `__schema` and `__type` from the API schema by graphql-js; once and for all where no variable is in them. */
export function introspectionAnswers(
  fields: readonly FieldNode[],
  { schema, document }: { schema: GraphQLSchema; document: DocumentNode },
): (variables: Readonly<Record<string, unknown>>) => Readonly<Answered> {
  if (fields.length === 0) return () => NOTHING_ASKED;
  const asked = onlyThese(fields, document);
  const answer = (variableValues: Readonly<Record<string, unknown>>) =>
    executeSync({ schema, document: asked, variableValues }).data ?? NOTHING_ASKED;
  if (usesVariables(fields, document)) return answer;
  let known: Readonly<Answered> | null = null;
  return () => (known ??= answer({}));
}

function onlyThese(selections: readonly FieldNode[], document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((one) =>
      one.kind === Kind.OPERATION_DEFINITION
        ? ({ ...one, selectionSet: { ...one.selectionSet, selections } } satisfies OperationDefinitionNode)
        : one,
    ),
  };
}

/** Counting fragments that the fields do not use is of no harm: it is only worked out again. */
function usesVariables(fields: readonly FieldNode[], { definitions }: DocumentNode): boolean {
  let uses = false;
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  for (const node of [...fields, ...fragments])
    visit(node, {
      Variable: () => {
        uses = true;
      },
    });
  return uses;
}
