import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import {
  GraphQLError,
  buildSchema,
  findBreakingChanges,
  isInterfaceType,
  isObjectType,
  parse,
  printSchema,
  type GraphQLSchema,
} from 'graphql';
import { type Department, departmentsOf, type DeploymentEntry } from '../departments.ts';
import type { PermissionTable } from '../permission-table.ts';
import { buildPermissionTable } from './build-permission-table.ts';
import { classificationsOf } from './classifications.ts';
import { problemsOf } from './problems.ts';
import { splitSupergraph } from './split-supergraph.ts';
import { type SubgraphDocument, subgraphDocuments } from './subgraph-documents.ts';

export interface HubSchema {
  readonly subgraphs: readonly SubgraphDocument[];
  /** The planner's supergraph, without permission directives. */
  readonly supergraph: string;
  /** The public API schema. */
  readonly api: string;
  readonly permissions: PermissionTable;
  readonly departments: readonly Department[];
}

export interface ComposeInput {
  readonly deployment: readonly DeploymentEntry[];
  /** Text of a file in `schema/`. */
  readonly read: (file: string) => string;
  readonly hubScopes: ReadonlySet<string>;
  /** The API as published under the present version; `null` before the first. */
  readonly published: string | null;
}

/** Composes the hub's schema from its subgraphs' SDL. Never throws for a mistake in the SDL: each is a line in `problems`. */
export function composeHub({
  deployment,
  read,
  hubScopes,
  published,
}: ComposeInput): { schema: HubSchema; problems: readonly [] } | { schema: null; problems: readonly string[] } {
  const departments = departmentsOf(deployment);
  const subgraphs = subgraphDocuments({ deployment, departments, read });
  const malformed = subgraphs.flatMap(({ name, sdl }) => syntaxProblems(name, sdl));
  if (malformed.length > 0) return { schema: null, problems: malformed };
  const composed = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (composed.errors) return { schema: null, problems: composed.errors.map(({ message }) => message) };

  const { planner, scopes, onTypes } = splitSupergraph(composed.supergraphSdl);
  const api = Supergraph.build(planner).apiSchema().toGraphQLJSSchema();
  const { byCoordinate, conflicts } = classificationsOf(subgraphs);
  const permissions = buildPermissionTable(api, { classifications: byCoordinate, scopes });
  tellScopes(api, permissions);
  const problems = [
    ...onTypes.map((type) => `${type}: permission directives stand on fields only`),
    ...conflicts.map((coordinate) => `${coordinate}: two subgraphs classify it differently`),
    ...problemsOf({ api, table: permissions, declared: scopes, departments, hubScopes }),
    ...breakingProblems(published, printSchema(api)),
  ];
  if (problems.length > 0) return { schema: null, problems };
  return { schema: { subgraphs, supergraph: planner, api: printSchema(api), permissions, departments }, problems: [] };
}

function syntaxProblems(subgraph: string, sdl: string): readonly string[] {
  try {
    parse(sdl);
    return [];
  } catch (error) {
    return [`${subgraph}: ${error instanceof GraphQLError ? error.message : String(error)}`];
  }
}

/** A vendor reads the schema and nothing else: what a field needs stands in its description. */
function tellScopes(api: GraphQLSchema, permissions: PermissionTable): void {
  for (const type of Object.values(api.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { scopes = [] } = permissions.get(`${type.name}.${field.name}`) ?? {};
      if (scopes.length === 0) continue;
      const needed = scopes.map((set) => set.join(' + ')).join(' | ');
      field.description = `${field.description ?? ''}\n需要 / Needs: ${needed}`.trim();
    }
  }
}

function breakingProblems(published: string | null, api: string): readonly string[] {
  if (published === null) return [];
  return findBreakingChanges(buildSchema(published), buildSchema(api)).map(
    ({ description }) =>
      `breaking change of the published API: ${description} (raise the version in schema/version.json)`,
  );
}
