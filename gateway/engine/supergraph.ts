import type { QueryPlan } from '@apollo/query-planner';
import { buildSchema, type DocumentNode, type GraphQLSchema, print } from 'graphql';
import { interfaceObjects } from './interface-objects.ts';
import { type PlanKeys, planKeys } from './plan-keys.ts';
import { type Requirements, requirementsIn } from './requirements.ts';
import { type Planner, type PlanTurn, startPlanner } from './planner.ts';
import { refuseUnserved } from './unserved-features.ts';

/** A supergraph that operations can be planned over. */
export interface Supergraph extends Pick<Planner, 'subgraphs' | 'stop'> {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** With what is `@inaccessible`: what subgraphs see of each other. */
  readonly fullSchema: GraphQLSchema;
  /** Interfaces that some subgraph knows as an object only. */
  readonly interfaceObjects: ReadonlySet<string>;
  /** What subgraphs need to answer a field. */
  readonly requirements: Requirements;
  readonly keys: PlanKeys;
  /** Throws where Apollo's planner does. The document has one operation, no conditions and `keys` of a plan. */
  plan(document: DocumentNode, turn: PlanTurn): Promise<QueryPlan>;
}

/** Reads a supergraph. Throws for one that asks for what is not served, and in the words of Apollo's library for one that is not valid. */
export async function openSupergraph(supergraphSdl: string): Promise<Supergraph> {
  refuseUnserved(supergraphSdl);
  const planner = await startPlanner(supergraphSdl);
  // What composition made needs no second check, and has directives that graphql-js does not know.
  const fullSchema = buildSchema(supergraphSdl, { assumeValid: true, assumeValidSDL: true });
  return {
    apiSchema: buildSchema(planner.apiSdl),
    fullSchema,
    interfaceObjects: interfaceObjects(fullSchema),
    requirements: requirementsIn(fullSchema),
    subgraphs: planner.subgraphs,
    keys: planKeys(supergraphSdl),
    plan: async (document, turn) => planner.plan(print(document), turn),
    stop: planner.stop,
  };
}
