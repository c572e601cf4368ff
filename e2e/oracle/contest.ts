import { Supergraph } from '@apollo/federation-internals';
import {
  defaultFieldResolver,
  type DocumentNode,
  execute,
  type ExecutionResult,
  type GraphQLSchema,
  parse,
} from 'graphql';
import {
  type Answer,
  comparedEngine,
  type ComparedEngine,
  type ComparedOperation,
  type EngineName,
  type GatewayContext,
  type SubgraphCall,
} from '../../gateway/engine/compared-engine.fixture.ts';
import { composeSmall } from './compose-small.ts';
import { federationOf } from './federation-of.ts';
import { type Guard, guardedBy, unguarded } from './guarded-fields.ts';
import { isMutation, type LocalOperation, localSubgraph } from './local-subgraph.ts';
import { madeUpPermissions, mayRead } from './made-up-permissions.ts';
import { mockWorld } from './mock-world.ts';
import type { SmallSupergraph, World } from './small-supergraph.ts';

/** One supergraph and all who answer over it. */
export interface Contest {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly words: readonly string[];
  readonly ask: (engine: EngineName, operation: ComparedOperation) => Promise<Answer>;
  /** graphql-js over the API schema and the same world, as if there were no subgraphs. */
  readonly whole: (operation: ComparedOperation) => Promise<Answer>;
  /** The same as if nothing were null and nothing failed; of made-up answers only. */
  readonly full: (operation: ComparedOperation) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

type Call = (operation: LocalOperation, context: GatewayContext) => Promise<ExecutionResult>;

/** Changes a call to a subgraph; for what a subgraph might answer otherwise. */
export type Around = (call: SubgraphCall, subgraph: string) => SubgraphCall;

interface ContestParts {
  readonly name: string;
  readonly words: readonly string[];
  readonly supergraphSdl: string;
  readonly schema: GraphQLSchema;
  readonly callOf: (subgraph: string) => Call;
  readonly whole: (operation: LocalOperation, around: Guard, isFull: boolean) => Promise<ExecutionResult>;
  /** Requests at the same time share calls; only where the world is the same for all of them. */
  readonly sharing: boolean;
}

/** A small supergraph over its own world. */
export async function worldContest(
  { name, words, subgraphs, world, stale = {} }: SmallSupergraph,
  around?: Around,
): Promise<Contest> {
  const supergraphSdl = composeSmall({ name, subgraphs });
  const locals = new Map(
    Object.entries(subgraphs).map(([subgraph, sdl]) => [subgraph, localSubgraph(subgraph, sdl, stale[subgraph])]),
  );
  const worlds = new WeakMap<GatewayContext, World>();
  const worldOf = (context: GatewayContext) => {
    const known = worlds.get(context) ?? world();
    worlds.set(context, known);
    return known;
  };
  const schema = apiSchema(supergraphSdl);
  return contest({ name, words, supergraphSdl, schema, callOf, whole, sharing: false }, around);

  function callOf(subgraph: string): Call {
    const local = locals.get(subgraph);
    if (local === undefined) throw new Error(`no subgraph ${subgraph}`);
    return async (operation, context) => local(operation, worldOf(context));
  }

  async function whole({ document, variables }: LocalOperation, guard: Guard) {
    const { query, mutation } = world();
    const rootValue = isMutation(document) ? mutation : query;
    const fieldResolver = guard(defaultFieldResolver);
    return execute({ schema, document, rootValue, variableValues: variables, fieldResolver });
  }
}

/** Any supergraph over made-up answers. */
export async function mockContest(
  { name, words, supergraphSdl, seed }: { name: string; words: readonly string[]; supergraphSdl: string; seed: number },
  around?: Around,
): Promise<Contest> {
  const schema = apiSchema(supergraphSdl);
  const subgraphs = [...Supergraph.build(supergraphSdl).subgraphs()].map((subgraph) => ({
    name: subgraph.name,
    schema: subgraph.schema.toGraphQLJSSchema(),
    federated: federationOf(parse(subgraph.toString())),
  }));
  const world = mockWorld({ api: schema, subgraphs, seed });
  const callOf = (wanted: string): Call => {
    const subgraph = subgraphs.find((one) => one.name === wanted);
    if (subgraph === undefined) throw new Error(`no subgraph ${wanted}`);
    return async (operation) => world.call(subgraph, operation);
  };
  return contest({ name, words, supergraphSdl, schema, callOf, whole: world.whole, sharing: true }, around);
}

async function contest(
  { name, words, supergraphSdl, schema, callOf, whole, sharing }: ContestParts,
  around: Around = (call) => call,
): Promise<Contest> {
  const documentOf = rememberedDocuments();
  const subgraphCall = (subgraph: string): SubgraphCall => {
    const call = callOf(subgraph);
    return around(async ({ query, document = documentOf(query), variables }, context) => {
      const { data, errors } = await call({ document, variables }, context);
      return { data, ...(errors && { errors: errors.map((error) => error.toJSON()) }) };
    }, subgraph);
  };
  const table = madeUpPermissions(schema);
  const engines = new Map<EngineName, Promise<ComparedEngine>>();
  const engineOf = async (engine: EngineName) => {
    const known =
      engines.get(engine) ??
      comparedEngine(engine, { supergraphSdl, callOf: subgraphCall, table, sharing: sharing && engine === 'hub' });
    engines.set(engine, known);
    return known;
  };
  const by = async ({ text, variables, scopes }: ComparedOperation, isFull: boolean) => {
    const guard = scopes === undefined ? unguarded : guardedBy((coordinate) => mayRead(table, coordinate, scopes));
    return whole({ document: parse(text), variables }, guard, isFull);
  };
  return {
    name,
    words,
    schema,
    ask: async (engine, operation) => (await engineOf(engine)).ask(operation),
    whole: async (operation) => by(operation, false),
    full: async (operation) => by(operation, true),
    stop: async () => {
      for (const engine of engines.values()) await (await engine).stop();
    },
  };
}

function apiSchema(supergraphSdl: string): GraphQLSchema {
  return Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
}

/** Plans repeat their operations. */
function rememberedDocuments() {
  const documents = new Map<string, DocumentNode>();
  return (query: string) => {
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    if (documents.size > 1_000) documents.clear();
    return document;
  };
}
