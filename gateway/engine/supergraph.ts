import { operationFromDocument, Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/** A supergraph that operations can be planned over. */
export interface Supergraph {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** With what is `@inaccessible`: what subgraphs see of each other. */
  readonly fullSchema: GraphQLSchema;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** Throws where Apollo's planner does. The document has one operation and no conditions. */
  plan(document: DocumentNode): QueryPlan;
}

/** Reads a supergraph. Throws in the words of Apollo's library for one that is not valid. */
export function openSupergraph(supergraphSdl: string): Supergraph {
  const supergraph = FederationSupergraph.build(supergraphSdl);
  const apiSchema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph);
  return {
    apiSchema: apiSchema.toGraphQLJSSchema(),
    fullSchema: supergraph.schema.toGraphQLJSSchema(),
    subgraphs: supergraph.subgraphsMetadata(),
    plan: (document) => planner.buildQueryPlan(operationFromDocument(apiSchema, document, { validate: false })),
  };
}
