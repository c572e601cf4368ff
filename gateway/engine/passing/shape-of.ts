import {
  type FieldNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { NOTHING_ALIAS } from '../../permissions/witnesses.ts';
import { collectFields, type Fragments, type SelectedField } from '../completion/collect-fields.ts';
import { JOINT, MOST_PATTERN } from './pattern-room.ts';

export interface ShapeOptions extends Fragments {
  /** Under which key a field stands in what subgraphs answer. */
  readonly planKeyOf: (field: FieldNode) => string;
}

/**
 * The JSON texts of a field that are complete as they stand, as the source of a regular expression without groups that
 * capture: the keys that are selected and no others, in their order, without spaces, each value as its type allows it.
 * A selection has no recursion, so that a regular expression can say all of it. Whichever way a text goes on is clear
 * from its next character, so that matching takes time in proportion to the text, whoever wrote it. `null` = what the
 * value must look like shows at run time only.
 */
export function shapeOf(
  type: GraphQLOutputType,
  selected: readonly SelectedField[],
  options: ShapeOptions,
): string | null {
  const shape = nullable(type);
  return shape === null || shape.length > MOST_PATTERN ? null : shape;

  function nullable(one: GraphQLOutputType): string | null {
    if (isNonNullType(one)) return present(one.ofType);
    const inner = present(one);
    return inner && `(?:null|${inner})`;
  }

  function present(one: GraphQLOutputType): string | null {
    if (isListType(one)) {
      const item = nullable(one.ofType);
      // A comma with something behind it, or the end: so the item need not be said twice, and twice again in each list in it.
      return item && `\\[(?:${item}(?:,(?!\\])|(?=\\])))*\\]`;
    }
    if (isLeafType(one)) return leafShape(one);
    return isObjectType(one) ? objectShape(one, selected, options) : null;
  }
}

function objectShape(
  type: GraphQLObjectType,
  selected: readonly SelectedField[],
  options: ShapeOptions,
): string | null {
  const sets = selected.flatMap(({ node: { selectionSet } }) =>
    selectionSet === undefined ? [] : [{ on: type, selections: selectionSet }],
  );
  const members: string[] = [];
  for (const [key, fields] of collectFields(type.name, sets, options)) {
    const shape = memberShape(type, fields, options);
    const [first] = fields;
    const isKept = first !== undefined && options.planKeyOf(first.node) === key && key !== NOTHING_ALIAS;
    if (shape === null || !isKept) return null;
    members.push(`"${key}":${shape}${JOINT}`);
  }
  return members.length === 0 ? null : `\\{${members.join(',')}\\}`;
}

/** The same of a field by its name, `__typename` included. */
export function memberShape(
  type: GraphQLObjectType,
  selected: readonly SelectedField[],
  options: ShapeOptions,
): string | null {
  const name = selected[0]?.node.name.value ?? '';
  if (name === '__typename') return `"${type.name}"`;
  const field = type.getFields()[name];
  return field === undefined ? null : shapeOf(field.type, selected, options);
}

const TEXT = '"[^"\\\\\\x00-\\x1f]*(?:\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\\\\x00-\\x1f]*)*"';
const NUMBER = '(?!-0[^.])-?(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{1,15})?';

/** Nine digits are certainly 32 bits (GraphQL 3.5.1); an ID that is a number leaves as text (3.5.5), so not as it stands. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['String', TEXT],
  ['ID', TEXT],
  ['Boolean', '(?:true|false)'],
  ['Int', '(?:0|-?[1-9][0-9]{0,8})'],
  ['Float', NUMBER],
]);
const CUSTOM = `(?:${TEXT}|${NUMBER}|true|false)`;

function leafShape(type: GraphQLLeafType): string {
  if (!isEnumType(type)) return BUILT_IN.get(type.name) ?? CUSTOM;
  return `"(?:${type
    .getValues()
    .map(({ name }) => name)
    .join('|')})"`;
}
