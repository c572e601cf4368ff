import { type FieldNode, type GraphQLField, GraphQLError } from 'graphql';
import type { Amount, Variables } from './amount.ts';
import type { ListSize } from './cost-directives.ts';
import type { Given, GivenFor } from './given-value.ts';

/** Longer than any list; keeps products of lengths finite. */
const LONGEST = 1_000_000_000;

type Field = GraphQLField<unknown, unknown>;

/** How long a list is by its `@listSize`: as its slicing arguments say, the largest of several; else as assumed. */
export function listLength(
  node: FieldNode,
  field: Field,
  { size, givenFor, assumed }: { size: ListSize; givenFor: GivenFor; assumed: number },
): Amount {
  const { slicingArguments, requireOneSlicingArgument, assumedSize } = size;
  const slices = slicingArguments.map((path) => sliceIn(node, field, { path, givenFor }));
  const length = (variables: Variables): number => {
    let [given, longest] = [0, 0];
    for (const slice of slices) {
      const asked = lengthAsked(slice(variables));
      if (asked === null) continue;
      given += 1;
      longest = Math.max(longest, asked);
    }
    if (requireOneSlicingArgument && given !== 1) throw needsOne(field.name, slicingArguments);
    return given > 0 ? longest : (assumedSize ?? assumed);
  };
  return requireOneSlicingArgument || slices.some(({ isOpen }) => isOpen) ? length : length({});
}

/** The value at the end of `argument` or `argument.field`, the schema's default where nothing is given. */
function sliceIn(node: FieldNode, field: Field, { path, givenFor }: { path: string; givenFor: GivenFor }) {
  const [argument = '', ...inside] = path.split('.');
  const fallback: unknown = field.args.find(({ name }) => name === argument)?.defaultValue;
  const given: Given = givenFor(node, argument);
  const slice = (variables: Variables): unknown => {
    const value = 'fixed' in given ? given.fixed : given.open(variables);
    const whole = value === undefined ? fallback : value;
    return inside.length === 0 ? whole : inside.reduce(member, whole);
  };
  return Object.assign(slice, { isOpen: 'open' in given });
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (Object.getOwnPropertyDescriptor(value, name)?.value as unknown) : null;

/** `null` where it asks for no length: absent, null, negative, no number. What is assumed then is never cheaper. */
function lengthAsked(value: unknown): number | null {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' && value >= 0 ? Math.min(value, LONGEST) : null;
}

function needsOne(field: string, slicingArguments: readonly string[]): GraphQLError {
  return new GraphQLError(`${field}: give exactly one of its arguments ${slicingArguments.join(', ')}.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}
