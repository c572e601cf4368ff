import type { FetchNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { parsedOctets, PassedText } from '../../subgraph-sources/passed-text.ts';
import { collectFields, type Fragments } from '../completion/collect-fields.ts';
import { type Answered, setOwn } from '../own.ts';
import { JOINT, type PatternRoom } from './pattern-room.ts';
import { memberShape } from './shape-of.ts';

/**
 * Reads an answer, as octets, in which all is as it was asked for, without parsing what only passes through. `null` =
 * it has errors, extensions, spaces, or anything else that is not as it should be: it has to be parsed.
 */
export type ReadPassing = (octets: string) => Answered | null;

export interface PassingOptions {
  /** With what is `@inaccessible`: subgraphs know it of each other. */
  readonly schema: GraphQLSchema;
  /** Whether no other fetch has to do with what stands under a key. */
  readonly isUntouched: (key: string) => boolean;
  /** For the patterns of the operation that the fetch belongs to. */
  readonly room: PatternRoom;
}

interface Member {
  readonly key: string;
  readonly shape: string;
  readonly passes: boolean;
}

/** `null` = nothing of the fetch's answers passes through, or there is no room for its pattern. */
export function passingReader(
  { operation: text, requires, outputRewrites = [] }: FetchNode,
  document: DocumentNode,
  passing: PassingOptions,
): ReadPassing | null {
  if (outputRewrites.length > 0) return null;
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const root = operation && passing.schema.getRootType(operation.operation);
  if (!operation || !root) throw new Error(`no operation of this schema: ${text}`);
  const options = { ...passing, fragments: fragmentsOf(document), planKeyOf: keyOf };
  return requires === undefined
    ? rootReader(root, operation.selectionSet, options)
    : entitiesReader(operation.selectionSet, options);
}

type ReaderOptions = PassingOptions & Fragments & { readonly planKeyOf: (field: FieldNode) => string };

function rootReader(type: GraphQLObjectType, selections: SelectionSetNode, options: ReaderOptions): ReadPassing | null {
  const read = objectReader(type, selections, options);
  if (read === null) return null;
  return (text) => {
    if (!text.startsWith(DATA) || text.length > MOST_CHARACTERS) return null;
    const found = read(text, DATA.length);
    return found !== null && endsWith(text, found.end, '}') ? found.object : null;
  };
}

/** Matching takes some room for each value of a list, and throws where that is too much. */
const MOST_CHARACTERS = 4_000_000;
const DATA = '{"data":';
const ENTITIES = '{"data":{"_entities":[';
const NOTHING = 'null';

function entitiesReader({ selections }: SelectionSetNode, options: ReaderOptions): ReadPassing | null {
  const [entities, ...more] = selections;
  if (more.length > 0 || entities?.kind !== Kind.FIELD || entities.alias !== undefined) return null;
  const [fragment, ...others] = entities.selectionSet?.selections ?? [];
  // Of several types nothing in the text need tell which one an entity is.
  if (others.length > 0 || fragment?.kind !== Kind.INLINE_FRAGMENT) return null;
  const type = options.schema.getType(fragment.typeCondition?.name.value ?? '');
  const read = isObjectType(type) ? objectReader(type, fragment.selectionSet, options) : null;
  return read && ((text) => entitiesIn(text, read));
}

function entitiesIn(text: string, read: ReadObject): Answered | null {
  if (!text.startsWith(ENTITIES) || text.length > MOST_CHARACTERS) return null;
  const entities: (Answered | null)[] = [];
  for (let at = ENTITIES.length; ;) {
    const found = text.startsWith(NOTHING, at) ? { object: null, end: at + NOTHING.length } : read(text, at);
    if (found === null) return null;
    entities.push(found.object);
    if (text[found.end] !== ',') return endsWith(text, found.end, ']}}') ? { _entities: entities } : null;
    at = found.end + 1;
  }
}

function endsWith(text: string, end: number, closing: string): boolean {
  return text.startsWith(closing, end) && text.slice(end + closing.length).trim() === '';
}

/** Reads one object that begins here; says where it ends. */
type ReadObject = (text: string, at: number) => { readonly object: Answered; readonly end: number } | null;

function objectReader(
  type: GraphQLObjectType,
  selections: SelectionSetNode,
  options: ReaderOptions,
): ReadObject | null {
  const members: Member[] = [];
  for (const [key, fields] of collectFields(type.name, [{ on: type, selections }], options)) {
    const shape = memberShape(type, fields, options);
    if (shape === null) return null;
    const field = type.getFields()[fields[0]?.node.name.value ?? ''];
    const isOfObjects = field !== undefined && isCompositeType(getNamedType(field.type));
    members.push({ key, shape, passes: isOfObjects && options.isUntouched(key) });
  }
  if (!members.some(({ passes }) => passes)) return null;
  const source = `\\{${members.map(({ key, shape }) => `"${key}":(${shape})${JOINT}`).join(',')}\\}`;
  if (!options.room.takes(source)) return null;
  const pattern = new RegExp(source, 'y');
  return (text, at) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return null;
    const object: Answered = {};
    for (const [i, { key, shape, passes }] of members.entries()) {
      const value = found[i + 1] ?? '';
      setOwn(object, key, passes ? new PassedText(value, shape) : parsedOctets(value));
    }
    return { object, end: pattern.lastIndex };
  };
}

function keyOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}

function fragmentsOf({ definitions }: DocumentNode): Fragments['fragments'] {
  return new Map(
    definitions.flatMap((one): readonly [string, FragmentDefinitionNode][] =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
    ),
  );
}
