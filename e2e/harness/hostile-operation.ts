import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLOutputType,
} from 'graphql';

/** One root field with every argument filled: texts by `text`, the rest by what is right there; what is no text
 * stands in place of every scalar but numbers. */
export interface HostileOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function hostileOperation(
  kind: 'query' | 'mutation',
  { name, args, type }: Pick<GraphQLField<unknown, unknown>, 'name' | 'args' | 'type'>,
  text: unknown,
): HostileOperation {
  const declared = args.map((arg, i) => `$v${i}: ${String(arg.type)}`).join(', ');
  const handed = args.map((arg, i) => `${arg.name}: $v${i}`).join(', ');
  const call = args.length === 0 ? name : `${name}(${handed})`;
  return {
    query: `${kind}${declared === '' ? '' : ` (${declared})`} { ${call} ${selectionOf(type, 3)} }`,
    variables: Object.fromEntries(args.map((arg, i) => [`v${i}`, filled(arg.type, text, 4)])),
  };
}

/** Whether a text stands anywhere in its arguments. */
export function takesText({ type }: Pick<GraphQLArgument, 'type'>): boolean {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return true;
  return isLeafType(named) && !isEnumType(named) && !isNumber(String(named));
}

/** What a scalar of ours takes: with a hostile text there nothing else in the operation would be tried. */
const RIGHT: Readonly<Record<string, unknown>> = {
  Boolean: true,
  Date: '2026-01-01',
  DateTime: '2026-01-01T00:00:00Z',
  PartialDate: '2026',
  DivisionCode: '390106',
  IDNumber: '11010519491231002X',
  OrganisationCode: '91350100M000100Y43',
};

const isNumber = (name: string) => /^(Int|Float|NonNegative(Int|Float))$/.test(name);

function filled(type: GraphQLInputType, text: unknown, depth: number): unknown {
  if (isNonNullType(type)) return filled(type.ofType, text, depth);
  if (isListType(type)) return depth === 0 ? [] : [filled(type.ofType, text, depth - 1)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return scalar(type.name, text);
  const fields = Object.values(type.getFields()).filter((field) => depth > 0 || isNonNullType(field.type));
  return Object.fromEntries(fields.map((field) => [field.name, filled(field.type, text, depth - 1)]));
}

function scalar(name: string, text: unknown): unknown {
  if (isNumber(name)) return 1;
  return typeof text === 'string' ? (RIGHT[name] ?? text) : text;
}

/** What it answers without arguments, two levels deep, with the ids and texts of whoever is found. */
function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isUnionType(named) || named === undefined) return '{ __typename }';
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).filter(({ args }) => args.every((arg) => !isNonNullType(arg.type)));
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).map((field) => field.name);
  const inner =
    depth === 0
      ? []
      : fields
          .filter((field) => /^(edges|node|person|subject|referral|userErrors)$/.test(field.name))
          .map((field) => `${field.name} ${selectionOf(field.type, depth - 1)}`);
  return `{ ${['__typename', ...leaves.slice(0, 12), ...inner].join(' ')} }`;
}
