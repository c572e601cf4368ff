import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { FederatedType } from './federation-of.ts';

export interface MockedSubgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly federated: ReadonlyMap<string, FederatedType>;
}

/** Entities that one key leads to: a type alone, or an entity interface with all that implement it. */
interface Family {
  readonly name: string;
  readonly members: readonly string[];
}

/** What all subgraphs of a mock must see alike: families of entities, key fields, and what a field may answer. */
export function mockTables(api: GraphQLSchema, subgraphs: readonly MockedSubgraph[]) {
  const families = familiesOf(subgraphs);
  const familyOf = (type: string): Family | null => families.get(type) ?? null;
  const fieldsOfSubgraphs = subgraphs.flatMap(({ schema, federated }) =>
    Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && !type.name.startsWith('_')
        ? Object.values(type.getFields())
            .filter(({ name }) => !name.startsWith('_') && !federated.get(type.name)?.externals.has(name))
            .map((field) => ({ coordinate: `${type.name}.${field.name}`, type: getNamedType(field.type), schema }))
        : [],
    ),
  );

  const choices = new Map<string, readonly string[]>();
  for (const { coordinate, type, schema } of fieldsOfSubgraphs) {
    const here = possible(schema, type, familyOf(type.name));
    const before = choices.get(coordinate) ?? here;
    choices.set(
      coordinate,
      before.filter((one) => here.includes(one)),
    );
  }

  /** A field as it is known: by the type itself, or by the interface that stands for it elsewhere. */
  const coordinate = (type: string, field: string) => {
    const own = `${type}.${field}`;
    return choices.has(own) ? own : `${familyOf(type)?.name ?? type}.${field}`;
  };

  const keyLeaves = new Set<string>();
  const onKeyPaths = new Set<string>();
  const required = new Set<string>();
  for (const { schema, federated } of subgraphs)
    for (const [name, { keys, requires }] of federated) {
      const members = [name, ...(familyOf(name)?.members ?? [])];
      for (const member of members) {
        for (const key of keys) addKeyLeaves(key, { type: member, schema, known: name });
        for (const { selections } of requires.values())
          for (const one of selections) if (one.kind === Kind.FIELD) required.add(coordinate(member, one.name.value));
      }
    }

  function addKeyLeaves(key: SelectionSetNode, at: { type: string; schema: GraphQLSchema; known: string }) {
    const type = at.schema.getType(at.known);
    for (const selection of key.selections) {
      if (selection.kind !== Kind.FIELD || !(isObjectType(type) || isInterfaceType(type))) continue;
      const field = type.getFields()[selection.name.value];
      if (field === undefined) continue;
      const inside = getNamedType(field.type).name;
      onKeyPaths.add(coordinate(at.type, field.name));
      if (selection.selectionSet === undefined) keyLeaves.add(coordinate(at.type, field.name));
      else addKeyLeaves(selection.selectionSet, { type: inside, schema: at.schema, known: inside });
    }
  }

  return {
    familyOf,
    coordinate,
    choices: choices as ReadonlyMap<string, readonly string[]>,
    keyLeaves: keyLeaves as ReadonlySet<string>,
    /** Fields that lead to a key, or are one: never null here. */
    onKeyPaths: onKeyPaths as ReadonlySet<string>,
    /** Fields that others need: they may be null, but they do not fail, for nobody may have asked for them. */
    required: required as ReadonlySet<string>,
    /** The arguments that a client can give; a subgraph may have others of its own. */
    publicArgs: (at: string, args: Readonly<Record<string, unknown>>) => {
      const [type = '', field = ''] = at.split('.');
      const parent = api.getType(type);
      const known = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field]?.args : undefined;
      return sorted(
        Object.fromEntries(Object.entries(args).filter(([arg]) => known?.some(({ name }) => name === arg) ?? true)),
      );
    },
  };
}

function familiesOf(subgraphs: readonly MockedSubgraph[]): ReadonlyMap<string, Family> {
  const families = new Map<string, Family>();
  for (const { federated } of subgraphs)
    for (const [name, { keys }] of federated) if (keys.length > 0) families.set(name, { name, members: [name] });
  for (const { schema, federated } of subgraphs)
    for (const [name, { keys }] of federated) {
      const type = schema.getType(name);
      if (keys.length === 0 || !isInterfaceType(type)) continue;
      const members = schema.getPossibleTypes(type).map((member) => member.name);
      for (const one of [name, ...members]) families.set(one, { name, members });
    }
  return families;
}

function possible(schema: GraphQLSchema, type: GraphQLNamedType, family: Family | null): readonly string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  if (isAbstractType(type)) return schema.getPossibleTypes(type).map(({ name }) => name);
  // An object that is an interface elsewhere may be any of those who implement it.
  return family?.name === type.name ? family.members : [type.name];
}

function sorted(value: unknown): object {
  const inOrder = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(inOrder);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inside]) => [name, inOrder(inside)]),
    );
  };
  return inOrder(value) as object;
}
