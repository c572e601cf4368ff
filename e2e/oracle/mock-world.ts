import {
  execute,
  getArgumentValues,
  getNamedType,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { customValue } from './custom-value.ts';
import type { FederatedType } from './federation-of.ts';
import type { Guard } from './guarded-fields.ts';
import { isMutation, type LocalOperation } from './local-subgraph.ts';
import { mockTables, type MockedSubgraph } from './mock-tables.ts';

/** An object of the mock's world. Whoever resolves it, and in whichever subgraph, it is the same object. */
interface Mocked {
  /** An entity's is its type and number, else the way to it from the nearest entity. */
  readonly identity: string;
  /** The nearest entity: every text of the answer begins with it. */
  readonly owner: string;
  readonly n: number;
  readonly typename: string;
  readonly representation?: Readonly<Record<string, unknown>>;
}

/** Where a value is to stand. */
interface Place {
  readonly parent: Mocked;
  readonly coordinate: string;
  readonly isFull: boolean;
}

const POOL = 5;
const ROOT: Mocked = { identity: 'root', owner: 'root', n: 0, typename: '' };

/**
 * Answers without data: every value follows from the seed, the object, the field and its arguments alone, so that it is
 * the same whatever the plan, and graphql-js over the API schema can say what the whole answer is. A field that
 * `@requires` others answers something else when they did not come right.
 */
export function mockWorld({
  api,
  subgraphs,
  seed,
}: {
  api: GraphQLSchema;
  subgraphs: readonly MockedSubgraph[];
  seed: number;
}) {
  const tables = mockTables(api, subgraphs);
  const chance = (text: string) => hash(`${seed}:${text}`);

  function value(type: GraphQLOutputType, way: string, at: Place): unknown {
    if (isNonNullType(type) || at.isFull) return filled(type, way, at);
    const luck = chance(`${way}?`) % 16;
    if (tables.onKeyPaths.has(at.coordinate) || luck > 1) return filled(type, way, at);
    if (luck === 0 || tables.required.has(at.coordinate)) return null;
    return new GraphQLError('mocked', { extensions: { code: `MOCKED_${chance(way) % 3}` } });
  }

  function filled(type: GraphQLOutputType, way: string, at: Place): unknown {
    if (isNonNullType(type)) return filled(type.ofType, way, at);
    if (isListType(type)) {
      const length = chance(`${way}#`) % 4;
      return Array.from({ length }, (_, i) => value(type.ofType, `${way}[${i}]`, at));
    }
    if (isLeafType(type)) return leaf(type, way, at);
    const types = tables.choices.get(at.coordinate) ?? [type.name];
    const typename = types[chance(`${way}:`) % types.length] ?? type.name;
    const family = tables.familyOf(typename);
    if (family === null) return { identity: way, owner: at.parent.owner, n: at.parent.n, typename };
    const n = family.members.indexOf(typename) + family.members.length * (chance(`${way}!`) % POOL);
    return entity(family.name, n, typename);
  }

  function leaf(type: GraphQLLeafType, way: string, { parent, coordinate }: Place) {
    if (tables.keyLeaves.has(coordinate)) return type.name === 'Int' ? parent.n : parent.owner;
    const number = chance(way);
    if (isEnumType(type)) {
      const names = tables.choices.get(coordinate) ?? type.getValues().map(({ name }) => name);
      return names[number % names.length];
    }
    if (type.name === 'Int') return number % 1_000;
    if (type.name === 'Float') return (number % 1_000) / 8;
    if (type.name === 'Boolean') return number % 2 === 0;
    const text = `${parent.owner}|${number.toString(36)}`;
    return isSpecifiedScalarType(type) ? text : customValue(text, number);
  }

  function entities(representations: readonly Readonly<Record<string, unknown>>[], federated: Federated) {
    return representations.map((representation) => {
      const asked = String(representation.__typename);
      const family = tables.familyOf(asked);
      if (family === null) return null;
      const numbers = (federated.get(asked)?.keys ?? []).map((key) => numberIn(representation, key, family.name));
      const n = numbers.find((one) => one !== null) ?? -1;
      const typename = family.members[n % family.members.length];
      if (n < 0 || typename === undefined || (family.members.includes(asked) && typename !== asked)) return null;
      return { ...entity(family.name, n, typename), representation };
    });
  }

  /** Whether a representation brought what the field requires, where that is a value and no object. */
  function hasRequired(parent: Mocked, required: SelectionSetNode, type: GraphQLNamedType): boolean {
    if (!isObjectType(type)) return true;
    return required.selections.every((selection) => {
      if (selection.kind !== Kind.FIELD) return true;
      const { name } = selection;
      const given = parent.representation?.[name.value];
      const field = type.getFields()[name.value];
      if (field === undefined || !isLeafType(getNamedType(field.type))) return given !== undefined;
      const args = getArgumentValues(field, selection);
      const coordinate = tables.coordinate(parent.typename, name.value);
      const expected = value(field.type, way(parent, name.value, tables.publicArgs(coordinate, args)), {
        parent,
        coordinate,
        isFull: false,
      });
      return JSON.stringify(given) === JSON.stringify(expected);
    });
  }

  function resolver(federated: Federated, isFull = false): GraphQLFieldResolver<Mocked | undefined, unknown> {
    return (source = ROOT, args, _context, { parentType, fieldName, returnType, schema }) => {
      if (fieldName === '_entities') return entities(args.representations, federated);
      // The way back to the query is the query.
      if (getNamedType(returnType) === schema.getQueryType()) return ROOT;
      const coordinate = tables.coordinate(source.typename || parentType.name, fieldName);
      const path = way(source, fieldName, tables.publicArgs(coordinate, args));
      const required = federated.get(parentType.name)?.requires.get(fieldName);
      const right = required === undefined || hasRequired(source, required, parentType);
      return value(returnType, right ? path : `${path} without what it requires`, {
        parent: source,
        coordinate,
        isFull,
      });
    };
  }

  const answer = async (
    schema: GraphQLSchema,
    { document, variables }: LocalOperation,
    fieldResolver: ReturnType<typeof resolver>,
  ) =>
    execute({
      schema,
      document,
      variableValues: variables,
      rootValue: isMutation(document) ? { ...ROOT, identity: 'mutation' } : ROOT,
      fieldResolver,
      // An interface that is an object here (`@interfaceObject`) is called as it is here.
      typeResolver: ({ typename }: Mocked) =>
        schema.getType(typename) ? typename : (tables.familyOf(typename)?.name ?? typename),
    });

  return {
    call: ({ schema, federated }: MockedSubgraph, operation: LocalOperation) =>
      answer(schema, operation, resolver(federated)),
    /** `isFull` = nothing is null and nothing fails. */
    whole: (operation: LocalOperation, guard: Guard, isFull = false) =>
      answer(api, operation, guard(resolver(new Map(), isFull))),
  };
}

type Federated = ReadonlyMap<string, FederatedType>;

function entity(family: string, n: number, typename: string): Mocked {
  const identity = `${family}:${n}`;
  return { identity, owner: identity, n, typename };
}

function way({ identity }: Mocked, field: string, args: object): string {
  return `${identity}.${field}(${JSON.stringify(args)})`;
}

/** The number that a representation's key tells; keys tell it in each leaf that is the entity's own. */
function numberIn(
  representation: Readonly<Record<string, unknown>>,
  key: SelectionSetNode,
  family: string,
): number | null {
  for (const selection of key.selections) {
    if (selection.kind !== Kind.FIELD) continue;
    const given = representation[selection.name.value];
    if (typeof given === 'number') return given;
    const [, name, n] = typeof given === 'string' ? (/^(\w+):(\d+)$/.exec(given) ?? []) : [];
    if (name === family) return Number(n);
    if (selection.selectionSet === undefined || typeof given !== 'object' || given === null) continue;
    const inside = numberIn(given as Record<string, unknown>, selection.selectionSet, family);
    if (inside !== null) return inside;
  }
  return null;
}

/** FNV-1a, 32 bits, mixed once more for the low bits that are used. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return (state ^ (state >>> 13)) >>> 0;
}
