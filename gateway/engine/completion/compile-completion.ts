import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { PermissionTable } from '../../../schema/permission-table.ts';
import { PLACEHOLDER } from '../../permissions/placeholder.ts';
import type { ForbiddenField } from '../../permissions/rewrite-operation.ts';
import { CATEGORY_WITNESS, isWitness, NOTHING_ALIAS, PERSON_WITNESS } from '../../permissions/witnesses.ts';
import type { Answered } from '../own.ts';
import { shapeOf } from '../passing/shape-of.ts';
import { collectFields, isReadable, type SelectedField, type TypedSelections } from './collect-fields.ts';
import {
  asCompleteField,
  categoryWitness,
  compiledFields,
  dataField,
  type FieldKeys,
  forbiddenField,
  introspectionField,
  personWitness,
  rootField,
  typenameField,
  unansweredField,
} from './complete-field.ts';
import { completeFields, completeObject } from './complete-object.ts';
import { completeValue } from './complete-value.ts';
import { passing } from './passing.ts';
import type { CompiledFields, Complete, CompleteField, Completing, PlainField } from './completing.ts';
import type { Shows } from './shown-notes.ts';

export interface CompletionOptions {
  /** The API's. */
  readonly schema: GraphQLSchema;
  /** Interfaces that are objects in some subgraph. */
  readonly interfaceObjects: ReadonlySet<string>;
  /** `null` = nothing is forbidden and nothing is noted (anonymous mode). */
  readonly permitted: { readonly table: PermissionTable; readonly forbidden: readonly ForbiddenField[] } | null;
  /** Under which key a field stands in what subgraphs answered. */
  readonly planKeyOf: (field: FieldNode) => string;
}

export interface Completion {
  /** The data as the client gets it; `null` where a null that may not be reached the root. */
  readonly complete: (data: Answered, at: Completing) => Answered | null;
  /** `__schema` and `__type` as they were asked for. */
  readonly introspection: readonly FieldNode[];
}

const INTROSPECTION = new Set(['__schema', '__type']);
const HUB_CLASSES = new Set(['HUB', 'DERIVED']);

/**
 * Compiles what brings merged data into the shape of an operation: order and names of fields, type names, nulls, and what
 * the schema does not allow, in one pass. The document has one operation and no conditions.
 */
export function compileCompletion(
  document: DocumentNode,
  { schema, interfaceObjects, permitted, planKeyOf }: CompletionOptions,
): Completion {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) throw new Error('the document has no operation of this schema');
  const introspection: FieldNode[] = [];
  const fields = { fields: rootFields(root.name, [{ on: root, selections: operation.selectionSet }]), plain: null };
  return { introspection, complete: (data, at) => completeFields(data, fields, at) };

  function rootFields(typename: string, sets: readonly TypedSelections[]): readonly CompleteField[] {
    return [...collectFields(typename, sets, { schema, fragments })].flatMap(([key, selected]) => {
      const name = nameOf(selected);
      if (INTROSPECTION.has(name)) {
        introspection.push(...selected.map(({ node }) => node));
        return [introspectionField(key)];
      }
      const field = compileField(key, selected, typename);
      return name === '__typename'
        ? field.map(asCompleteField)
        : field.map((one) => rootField(`${typename}.${name}`, keysOf(key, selected), asCompleteField(one)));
    });
  }

  function fieldsOf(typename: string, sets: readonly TypedSelections[]): CompiledFields {
    const byKey = collectFields(typename, sets, { schema, fragments });
    // Whose an object is has to be known before anything of it is noted.
    const keys = [...byKey.keys()].toSorted((a, b) => Number(isWitness(b)) - Number(isWitness(a)));
    const fieldsByKey = keys.flatMap((key) => {
      const index = PLACEHOLDER.exec(key)?.[1];
      const forbidden = index === undefined ? undefined : permitted?.forbidden[Number(index)];
      if (forbidden !== undefined && byKey.has(forbidden.responseKey)) return [];
      return compileField(key, byKey.get(key) ?? [], typename);
    });
    return compiledFields(fieldsByKey);
  }

  function compileField(
    key: string,
    selected: readonly SelectedField[],
    typename: string,
  ): readonly (PlainField | CompleteField)[] {
    if (key === NOTHING_ALIAS) return [];
    const name = nameOf(selected);
    const type = schema.getType(typename);
    if (name === '__typename') {
      const forbidden = permitted?.forbidden[Number(PLACEHOLDER.exec(key)?.[1] ?? Number.NaN)];
      return [forbidden ? forbiddenField(forbidden) : typenameField(key, { typename, isObject: isObjectType(type) })];
    }
    if (INTROSPECTION.has(name)) return [unansweredField(key)];
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (field === undefined) return [];
    const complete = completeOf(field.type, selected);
    if (permitted !== null && key === PERSON_WITNESS) return [personWitness(key, complete)];
    if (permitted !== null && key === CATEGORY_WITNESS) return [categoryWitness(key, complete)];
    const shows = permitted && showsOf(selected, permitted.table);
    return [dataField({ ...keysOf(key, selected), complete, shows })];
  }

  function completeOf(type: GraphQLOutputType, selected: readonly SelectedField[]): Complete {
    const complete = completeValue(type, (named) => objectOf(named, selected));
    // What is noted of an answer, or forbidden in it, shows only when it is read.
    if (permitted !== null || !isCompositeType(getNamedType(type))) return complete;
    return passing(complete, shapeOf(type, selected, { schema, fragments, planKeyOf }));
  }

  function keysOf(key: string, [first]: readonly SelectedField[]): FieldKeys {
    return { key, from: first === undefined ? key : planKeyOf(first.node) };
  }

  function objectOf(type: GraphQLCompositeType, selected: readonly SelectedField[]): Complete {
    const sets = selected.flatMap(({ on, node }) => {
      const inner = innerType(on, node) ?? type;
      return node.selectionSet === undefined ? [] : [{ on: inner, selections: node.selectionSet }];
    });
    const isObject = isObjectType(type) || interfaceObjects.has(type.name);
    return completeObject(type, {
      schema,
      isObject,
      fieldsOf: (typename) => (isReadable(typename, sets, { schema, fragments }) ? fieldsOf(typename, sets) : null),
    });
  }
}

function nameOf(selected: readonly SelectedField[]): string {
  return selected[0]?.node.name.value ?? '';
}

/** The type that the selections of a field are read on, where they are written. */
function innerType(on: GraphQLCompositeType, { name }: FieldNode): GraphQLCompositeType | null {
  const field = isObjectType(on) || isInterfaceType(on) ? on.getFields()[name.value] : undefined;
  const type = field && getNamedType(field.type);
  return type && isCompositeType(type) ? type : null;
}

function showsOf(selected: readonly SelectedField[], table: PermissionTable): Shows {
  const coordinates = [...new Set(selected.map(({ on, node }) => `${on.name}.${node.name.value}`))];
  const classes = coordinates.map((coordinate) => table.get(coordinate)?.classification ?? 'HUB');
  return { coordinates, categories: [...new Set(classes.filter((one) => !HUB_CLASSES.has(one)))] };
}
