import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';

/** How long the list of a field is, or the lists in what it answers. */
export interface ListSize {
  /** Where no slicing argument says it. */
  readonly assumedSize: number | null;
  /** Arguments whose value, or whose number of entries, is the size; a dot leads into an input object. */
  readonly slicingArguments: readonly string[];
  /** Fields of the answered type whose lists are meant; empty = the field's own list. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
}

/** What a supergraph says of costs, by coordinate: `Type`, `Type.field`, `Type.field(argument:)`. */
export interface CostDirectives {
  readonly weights: ReadonlyMap<string, number>;
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

const arguments_ = {
  // A negative weight would pay for other fields.
  cost: z.object({ weight: z.coerce.number().transform((weight) => Math.max(0, weight)) }),
  listSize: z.object({
    assumedSize: z.number().nullish(),
    slicingArguments: z.array(z.string()).nullish(),
    sizedFields: z.array(z.string()).nullish(),
    requireOneSlicingArgument: z.boolean().nullish(),
  }),
  slicedBy: z.object({ arguments: z.array(z.string()) }),
};

/**
 * Reads `@cost` and `@listSize` (IBM's cost directives, as Federation 2.9 composes them) and the hub's `@slicedBy` off a
 * supergraph. Without any of them everything has its default.
 */
export function costDirectives(supergraphSdl: string): CostDirectives {
  const document = parse(supergraphSdl, { noLocation: true });
  const names = linkedNames(document);
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  for (const [coordinate, directives] of coordinatesOf(document)) {
    const cost = directives.find(({ name }) => name.value === names.cost);
    if (cost !== undefined) weights.set(coordinate, arguments_.cost.parse(argumentsOf(cost)).weight);
    const listSize = listSizeOf(directives, names);
    if (listSize !== null) listSizes.set(coordinate, listSize);
  }
  return { weights, listSizes };
}

function listSizeOf(directives: readonly ConstDirectiveNode[], names: { listSize: string }): ListSize | null {
  const listSize = directives.find(({ name }) => name.value === names.listSize);
  const slicedBy = directives.find(({ name }) => name.value === 'slicedBy');
  if (listSize === undefined && slicedBy === undefined) return null;
  const { assumedSize, slicingArguments, sizedFields, requireOneSlicingArgument } = arguments_.listSize.parse(
    listSize === undefined ? {} : argumentsOf(listSize),
  );
  const ours = slicedBy === undefined ? [] : arguments_.slicedBy.parse(argumentsOf(slicedBy)).arguments;
  return {
    assumedSize: assumedSize ?? null,
    slicingArguments: [...(slicingArguments ?? []), ...ours],
    sizedFields: sizedFields ?? [],
    requireOneSlicingArgument: (requireOneSlicingArgument ?? true) && (slicingArguments ?? []).length > 0,
  };
}

const argumentsOf = ({ arguments: given = [] }: ConstDirectiveNode) =>
  Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

const COST_SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/cost\//;
const imports = z.array(z.union([z.string(), z.object({ name: z.string(), as: z.string().optional() })]));

/** What the directives are called here: a link may import them under other names. */
function linkedNames({ definitions }: DocumentNode): { cost: string; listSize: string } {
  const links = definitions.flatMap((one) => (one.kind === Kind.SCHEMA_DEFINITION ? (one.directives ?? []) : []));
  const link = links.map(argumentsOf).find(({ url }) => typeof url === 'string' && COST_SPECIFICATION.test(url));
  const imported = imports.catch([]).parse(link?.import ?? []);
  const nameOf = (directive: string) => {
    const one = imported.find((entry) => (typeof entry === 'string' ? entry : entry.name) === `@${directive}`);
    return ((typeof one === 'object' ? one.as : undefined) ?? `@${directive}`).slice(1);
  };
  return { cost: nameOf('cost'), listSize: nameOf('listSize') };
}

type Directed = readonly [coordinate: string, directives: readonly ConstDirectiveNode[]];

function coordinatesOf({ definitions }: DocumentNode): readonly Directed[] {
  return definitions.flatMap(ofDefinition);
}

function ofDefinition(definition: DefinitionNode): readonly Directed[] {
  if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) return [];
  const type = definition.name.value;
  const fields = 'fields' in definition ? (definition.fields ?? []) : [];
  return [
    [type, (definition.directives ?? []) as readonly ConstDirectiveNode[]],
    ...fields.flatMap((field): Directed[] => [
      [`${type}.${field.name.value}`, field.directives ?? []],
      ...('arguments' in field ? (field.arguments ?? []) : []).map((argument): Directed => [
        `${type}.${field.name.value}(${argument.name.value}:)`,
        argument.directives ?? [],
      ]),
    ]),
  ];
}
