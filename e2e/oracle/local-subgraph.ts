import { buildSubgraph } from '@apollo/federation-internals';
import {
  type DocumentNode,
  defaultFieldResolver,
  defaultTypeResolver,
  execute,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { type FederatedType, federationOf } from './federation-of.ts';
import type { World } from './small-supergraph.ts';

/** What every subgraph here may use of Federation. */
export const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@requires",
  "@provides", "@external", "@tag", "@shareable", "@override", "@inaccessible", "@interfaceObject"])\n`;

type Representation = Readonly<Record<string, unknown>>;

export interface LocalOperation {
  readonly document: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A subgraph over a world, as strict as a subgraph can be: of what its SDL calls `@external` it knows only what the
 * representation brings, so that a forgotten `@requires` shows.
 */
export function localSubgraph(name: string, sdl: string, stale: Readonly<Record<string, unknown>> = {}) {
  const schema = subgraphSchema(name, sdl);
  const federated = federationOf(parse(sdl));
  const entity = (representation: Representation, world: World) => {
    const typename = String(representation.__typename);
    const found = (world.entities[typename] ?? []).find((one) =>
      federated.get(typename)?.keys.some((key) => matches(one, representation, key)),
    );
    if (found === undefined) return null;
    const view: object = Object.create(found);
    for (const field of federated.get(typename)?.externals ?? [])
      if (field in representation || !isOfKey(field, federated.get(typename)))
        Object.defineProperty(view, field, { value: representation[field], enumerable: true });
    // A type that is an object only here (`@interfaceObject`) is called as it is here.
    if (isObjectType(schema.getType(typename))) Object.defineProperty(view, '__typename', { value: typename });
    return view;
  };
  const fieldResolver: GraphQLFieldResolver<unknown, World> = (source, args, world, info) => {
    const coordinate = `${info.parentType.name}.${info.fieldName}`;
    if (info.fieldName === '_entities')
      return (args as { representations: readonly Representation[] }).representations.map((one) => entity(one, world));
    return coordinate in stale ? stale[coordinate] : defaultFieldResolver(source, args, world, info);
  };
  return async ({ document, variables }: LocalOperation, world: World): Promise<ExecutionResult> =>
    execute({
      schema,
      document,
      rootValue: isMutation(document) ? world.mutation : world.query,
      contextValue: world,
      variableValues: variables,
      fieldResolver,
      typeResolver: defaultTypeResolver,
    });
}

/** The schema that a subgraph serves: its own types, `_entities` and the federation's scalars. */
function subgraphSchema(name: string, sdl: string): GraphQLSchema {
  return buildSubgraph(name, '', LINK + sdl)
    .validate()
    .schema.toGraphQLJSSchema();
}

export function isMutation({ definitions }: DocumentNode): boolean {
  return definitions.some(
    (one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.MUTATION,
  );
}

function matches(entity: object, representation: Representation, key: SelectionSetNode): boolean {
  return key.selections.every((field) => {
    if (field.kind !== Kind.FIELD) return false;
    const own: unknown = Reflect.get(entity, field.name.value);
    const asked = representation[field.name.value];
    if (field.selectionSet === undefined) return own === asked && asked !== null && asked !== undefined;
    return isRecord(own) && isRecord(asked) && matches(own, asked, field.selectionSet);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isOfKey(field: string, type: FederatedType | undefined): boolean {
  return (type?.keys ?? []).some(({ selections }) =>
    selections.some((one) => one.kind === Kind.FIELD && one.name.value === field),
  );
}
