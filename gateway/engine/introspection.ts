import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { NOTHING_ALIAS } from '../permissions/witnesses.ts';
import { NOTHING } from './nothing.ts';
import { type Answered, isAnswered } from './own.ts';
import { usedParts } from './used-parts.ts';

const NOTHING_ASKED: Readonly<Answered> = {};

/** An answer is large beside its question, and askers of this have few questions. */
const MAX_ANSWERS = 20;

/** Answers `__schema` and `__type` of a document: by the variables, by response key. */
export type Introspect = (
  fields: readonly FieldNode[],
  document: DocumentNode,
) => (variables: Readonly<Record<string, unknown>>) => Readonly<Answered>;

/** Introspection of the API schema by graphql-js; where no variable is in a question, its answer is kept for a while. */
export function introspection(schema: GraphQLSchema): Introspect {
  const known = new LRUCache<string, Readonly<Answered>>({ max: MAX_ANSWERS });
  return (fields, document) => {
    if (fields.length === 0) return () => NOTHING_ASKED;
    const asked = onlyThese(fields, document);
    const answer = (variableValues: Readonly<Record<string, unknown>>): Readonly<Answered> =>
      withoutNothing(executeSync({ schema, document: asked, variableValues }).data ?? NOTHING_ASKED);
    if (usesVariables(fields, document)) return answer;
    const question = print(asked);
    return () => {
      const before = known.get(question);
      if (before !== undefined) return before;
      const made = answer({});
      known.set(question, made);
      return made;
    };
  };
}

/** What a plan is made for: `__schema` and `__type` need none, and know more than the planner's library does. */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  let name = '';
  let introspects = false;
  const without = visit(document, {
    OperationDefinition: (node) => {
      name = node.name?.value ?? '';
    },
    Field: (node) => {
      if (node.name.value !== '__schema' && node.name.value !== '__type') return undefined;
      introspects = true;
      return NOTHING;
    },
  });
  return introspects ? usedParts(without, name) : document;
}

function onlyThese(selections: readonly FieldNode[], document: DocumentNode): DocumentNode {
  let name = '';
  const definitions = document.definitions.map((one) => {
    if (one.kind !== Kind.OPERATION_DEFINITION) return one;
    name = one.name?.value ?? '';
    return { ...one, selectionSet: { ...one.selectionSet, selections } } satisfies OperationDefinitionNode;
  });
  return usedParts({ ...document, definitions }, name);
}

/** Without the placeholders that stand where conditions left nothing to select. */
function withoutNothing(answer: Readonly<Answered>): Readonly<Answered> {
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(without);
    if (!isAnswered(value)) return value;
    const entries = Object.entries(value).filter(([key]) => key !== NOTHING_ALIAS);
    return Object.fromEntries(entries.map(([key, inner]) => [key, without(inner)]));
  };
  return without(answer) as Readonly<Answered>;
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
