import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { STILL_STANDS_FIELD } from './decisions.ts';
import type { HubRequest } from './hub-request.ts';
import { SCALARS } from './scalars.ts';
import { storeErrorsTold } from './store-errors-told.ts';
import type { Subgraph, SubgraphOperation } from './subgraph.ts';

/** Resolves all representations of one type in a request in one batch; an `Error` in place of an entity fails that entity alone. */
export type EntityResolver<Context> = (
  representations: readonly Readonly<Record<string, unknown>>[],
  context: Context,
) => Promise<readonly (object | Error | null)[]>;

type FieldResolver<Context> = (
  // biome-ignore: parents are made by resolvers of the same subgraph, so each table names its own type.
  parent: never,
  args: never,
  context: Context,
  info: never,
) => unknown;

export interface ExecutableSubgraphOptions<Context extends object> {
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, FieldResolver<Context>>>>>;
  readonly entities: Readonly<Record<string, EntityResolver<Context>>>;
  /** Makes what resolvers get, anew for each request: loaders live as long. */
  readonly contextFor: (request: HubRequest) => Context;
  /** Of the hub's own subgraphs: what goes beside the data, for the gateway alone. */
  readonly extensionsOf?: (context: Context) => Record<string, unknown>;
  /** Of the hub's own subgraphs: which of these decisions, made before in the request, are still the same? */
  readonly stillStand?: (decisions: readonly unknown[], context: Context) => Promise<readonly boolean[]>;
}

/**
 * A subgraph's SDL and resolvers as a function from operation to result, and the schema that it keeps to.
 *
 * Two roots only: its own queries and `_entities`. `_service { sdl }` and introspection do not exist here (case 31):
 * the supergraph is composed from files. Entities are resolved in one batch a type, which `@apollo/subgraph` does not do.
 */
export function executableSubgraph<Context extends object>(
  options: ExecutableSubgraphOptions<Context>,
): Pick<Subgraph, 'execute' | 'schema'> {
  const schema = subgraphSchema(options);
  const documentOf = documentCache(schema);
  const contexts = new WeakMap<HubRequest, Context>();
  /** All operations of one request share it, so that its loaders see every person of the request once. */
  const contextOf = (request: HubRequest): Context => {
    const context = contexts.get(request) ?? options.contextFor(request);
    contexts.set(request, context);
    return context;
  };
  const executed = async (operation: SubgraphOperation, request: HubRequest): Promise<ExecutionResult> => {
    const { document, errors } = documentOf(operation);
    if (errors.length > 0) return { errors };
    const contextValue = contextOf(request);
    const { variables: variableValues, operationName } = operation;
    const result = storeErrorsTold(await execute({ schema, document, contextValue, variableValues, operationName }));
    return options.extensionsOf === undefined ? result : { ...result, extensions: options.extensionsOf(contextValue) };
  };
  return { execute: executed, schema };
}

function subgraphSchema<Context extends object>({
  sdl,
  resolvers,
  entities,
  stillStand,
}: ExecutableSubgraphOptions<Context>): GraphQLSchema {
  const types = Object.keys(entities);
  const stillStandField = {
    [STILL_STANDS_FIELD]: async (_root: unknown, { decisions }: { decisions: readonly unknown[] }, context: Context) =>
      stillStand?.(decisions, context),
  };
  return makeExecutableSchema<Context>({
    typeDefs: [
      withoutFederation(parse(sdl)),
      /^type Query\b/m.test(sdl) ? '' : 'type Query',
      'scalar _Any',
      ...(types.length === 0
        ? []
        : [
            `union _Entity = ${types.join(' | ')}
             extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`,
          ]),
      ...(stillStand === undefined
        ? []
        : [`extend type Query { ${STILL_STANDS_FIELD}(decisions: [_Any!]!): [Boolean!]! }`]),
    ].filter((part) => part !== ''),
    resolvers: {
      ...SCALARS,
      ...resolvers,
      Query: {
        ...resolvers.Query,
        ...(types.length > 0 && { _entities: entitiesResolver(entities) }),
        ...(stillStand && stillStandField),
      },
      ...(types.length > 0 && {
        _Entity: { __resolveType: (entity: { __typename: string }) => entity.__typename },
      }),
    } as never,
    resolverValidationOptions: { requireResolversToMatchSchema: 'ignore' },
    // The schema is this subgraph's own: made anew with the resolvers it would take twice as long to make.
    updateResolversInPlace: true,
  });
}

/** Federation's directives and links speak to composition only; graphql-js would ask for their definitions. */
function withoutFederation(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: (node) => (node.name.value === 'deprecated' ? undefined : null),
    SchemaExtension: () => null,
    DirectiveDefinition: () => null,
  });
}

function entitiesResolver<Context>(entities: Readonly<Record<string, EntityResolver<Context>>>) {
  return async (
    _root: unknown,
    { representations }: { representations: readonly Readonly<Record<string, unknown>>[] },
    context: Context,
  ) => {
    const answer: unknown[] = representations.map(() => null);
    await Promise.all(
      Object.entries(entities).map(async ([typename, resolve]) => {
        const positions = [...representations.keys()].filter((i) => representations[i]?.__typename === typename);
        if (positions.length === 0) return;
        const resolved = await resolve(
          positions.map((i) => representations[i] ?? {}),
          context,
        );
        positions.forEach((position, i) => {
          const entity = resolved[i] ?? null;
          answer[position] = entity === null || entity instanceof Error ? entity : { __typename: typename, ...entity };
        });
      }),
    );
    return answer;
  };
}

/** Bounded by text: a parsed operation takes some thirty times its text in memory. */
const MAX_CHARACTERS = 1_000_000;

/** Operations come from the planner and repeat: parsed and validated once each. */
function documentCache(schema: GraphQLSchema) {
  const cache = new LRUCache<string, { document: DocumentNode; errors: readonly GraphQLError[] }>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_checked, query) => query.length + 1,
  });
  return ({ query, document: parsed }: SubgraphOperation) => {
    const known = cache.get(query);
    if (known) return known;
    const document = parsed ?? parse(query, { noLocation: true });
    const errors = asksSchema(document)
      ? [new GraphQLError('A subgraph does not describe itself.', { extensions: { code: 'BAD_USER_INPUT' } })]
      : validate(schema, document);
    cache.set(query, { document, errors });
    return { document, errors };
  };
}

function asksSchema(document: DocumentNode): boolean {
  let asked = false;
  visit(document, {
    Field: (node) => {
      if (node.name.value === '__schema' || node.name.value === '__type') asked = true;
    },
  });
  return asked;
}
