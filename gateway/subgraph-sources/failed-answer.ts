import {
  type DocumentNode,
  type FieldNode,
  type GraphQLFormattedError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { ECHO_PREFIX } from './echo-prefix.ts';

/**
 * The answer in place of a subgraph that gave none: every field that was asked of it is null, with one coded error at
 * its path. A data source that throws instead would leave fields above it (`@requires`) without an error and a path.
 */
export function failedAnswer(
  { document, variables = {} }: { document: DocumentNode; variables?: Readonly<Record<string, unknown>> | undefined },
  { message, code, subgraph }: { message: string; code: string; subgraph: string },
): { data: Record<string, unknown>; errors: GraphQLFormattedError[] } {
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const errors: GraphQLFormattedError[] = [];
  const failed = (path: (string | number)[]) =>
    errors.push({ message, path, extensions: { code, department: subgraph } });
  const data: Record<string, unknown> = {};
  for (const field of rootFields(operation)) {
    const key = keyOf(field);
    if (field.name.value === '_entities') data[key] = entities(field, variables, key, failed);
    else {
      data[key] = null;
      failed([key]);
    }
  }
  return { data, errors };
}

/**
 * The answer in place of one that is nothing but errors: its own, of which the first that names no place, or all entities
 * at once, is told at every field that was asked below. Where none has to do with a field the first is told: none may be
 * null without an error at its path, above or below.
 */
export function refusedAnswer(
  operation: Parameters<typeof failedAnswer>[0],
  errors: readonly GraphQLFormattedError[],
): { data: Record<string, unknown>; errors: readonly GraphQLFormattedError[] } {
  const { data, errors: missed } = failedAnswer(operation, { message: '', code: '', subgraph: '' });
  const { at, touched } = byPlaces(errors);
  const whole = new Set<GraphQLFormattedError>();
  const told = missed.flatMap(({ path = [] }) => {
    const above = path.map((_, depth) => at.get(placeOf(path.slice(0, depth)))).find((one) => one !== undefined);
    if (above !== undefined) whole.add(above);
    const reason = above ?? (touched.has(placeOf(path)) ? undefined : errors[0]);
    return reason === undefined ? [] : [{ ...reason, path }];
  });
  return { data, errors: [...told, ...errors.filter((one) => !whole.has(one))] };
}

const placeOf = (path: readonly (string | number)[]): string => JSON.stringify(path);
/** Root field, entity, its field: what was asked stands no deeper. */
const DEEPEST = 3;

/** The first error at each place, and the places at or above one. Read once: who answers may send errors without number. */
function byPlaces(errors: readonly GraphQLFormattedError[]) {
  const at = new Map<string, GraphQLFormattedError>();
  const touched = new Set<string>();
  for (const error of errors) {
    const { path = [] } = error;
    if (path.length <= DEEPEST && !at.has(placeOf(path))) at.set(placeOf(path), error);
    for (let depth = 1; depth <= Math.min(path.length, DEEPEST); depth += 1) touched.add(placeOf(path.slice(0, depth)));
  }
  return { at, touched };
}

function rootFields(operation: OperationDefinitionNode | undefined): readonly FieldNode[] {
  return (operation?.selectionSet.selections ?? []).filter((one): one is FieldNode => one.kind === Kind.FIELD);
}

function entities(
  field: FieldNode,
  variables: Readonly<Record<string, unknown>>,
  root: string,
  failed: (path: (string | number)[]) => void,
) {
  const representations = Array.isArray(variables.representations) ? variables.representations : [];
  return representations.map((representation: Readonly<Record<string, unknown>> & { __typename: string }, i) => {
    const entity: Record<string, unknown> = { __typename: representation.__typename };
    const all = keysFor(field.selectionSet, representation.__typename);
    for (const key of all.filter((one) => !isMissed(one)))
      if (key !== '__typename') entity[key] = representation[key.slice(ECHO_PREFIX.length)];
    const keys = all.filter(isMissed);
    for (const key of keys) {
      entity[key] = null;
      failed([root, i, key]);
    }
    // What is asked by an interface is not told apart here; that something is missing has to be said.
    if (keys.length === 0) failed([root, i]);
    return entity;
  });
}

function isMissed(key: string): boolean {
  return key !== '__typename' && !key.startsWith(ECHO_PREFIX);
}

/** Entity fetches name the type in an inline fragment; what stands under another type does not apply. */
function keysFor(selectionSet: SelectionSetNode | undefined, typename: string): readonly string[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [keyOf(selection)];
    if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
    const condition = selection.typeCondition?.name.value;
    return condition === undefined || condition === typename ? keysFor(selection.selectionSet, typename) : [];
  });
}

function keyOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}
