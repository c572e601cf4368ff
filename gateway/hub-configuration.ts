import { readFileSync } from 'node:fs';
import { GraphQLError, parse } from 'graphql';
import { z } from 'zod';
import { readSettings, type Settings } from '../adapters/shared/settings.ts';
import { auditSettings } from '../adapters/audit/settings.ts';
import { storeSettings } from '../adapters/store/settings.ts';
import type { KeySource } from '../adapters/vault/key-source.ts';
import { keySourceOf, vaultSettings } from '../adapters/vault/settings.ts';
import { type Clients, readClients } from '../schema/clients.ts';
import { type DeploymentEntry, readDeployment } from '../schema/departments.ts';
import { type PermissionTable, readPermissionTable } from '../schema/permission-table.ts';
import { gatewaySettings } from './config.ts';
import { type LoadedModule, loadModules } from './load-subgraphs.ts';

/** The configuration is wrong; every problem is a line. */
export class ConfigurationError extends Error {
  constructor(problems: readonly string[]) {
    const lines = problems.map((problem) => `  ${problem}`).join('\n');
    super(`The hub was not started; ${problems.length} problem(s) in its configuration:\n${lines}`);
    this.name = 'ConfigurationError';
  }
}

const settings = { ...gatewaySettings, ...storeSettings, ...auditSettings, ...vaultSettings };

export interface HubConfiguration {
  readonly settings: Settings<typeof settings>;
  readonly deployment: readonly DeploymentEntry[];
  readonly modules: readonly LoadedModule[];
  readonly supergraphSdl: string;
  readonly apiSdl: string;
  readonly table: PermissionTable;
  readonly clients: Clients;
  readonly keySource: KeySource;
}

/** Everything that the environment says, checked. Throws `ConfigurationError` with all that is wrong at once (case 75). */
export async function hubConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<HubConfiguration> {
  const { values, problems: found } = readSettings(settings, environment);
  const problems = [...found];
  const read = <T>(name: string, reader: () => T): T | null => {
    try {
      return reader();
    } catch (error) {
      problems.push(`${name}: ${reasonOf(error)}`);
      return null;
    }
  };
  const { DEPLOYMENT_FILE, SUPERGRAPH_FILE, PERMISSIONS_FILE, CLIENTS_FILE, API_FILE } = values;
  const deployment = read('DEPLOYMENT_FILE', () => readDeployment(DEPLOYMENT_FILE)) ?? [];
  const loaded = await loadModules(deployment, { deploymentFile: DEPLOYMENT_FILE, environment });
  const supergraphSdl = read('SUPERGRAPH_FILE', () => schemaText(SUPERGRAPH_FILE));
  const apiSdl = read('API_FILE', () => schemaText(API_FILE));
  const table = read('PERMISSIONS_FILE', () => readPermissionTable(PERMISSIONS_FILE));
  const clients = read('CLIENTS_FILE', () => readClients(CLIENTS_FILE));
  problems.push(...loaded.problems, ...missingSecrets(deployment, values));
  const keySource = keySourceOf(values);
  // One of two variables says where the keys are; that both or none do shows in neither alone.
  if (typeof keySource === 'string' && !problems.some((one) => one.startsWith('ENCRYPTION_KEYS')))
    problems.push(keySource);
  if (problems.length > 0 || supergraphSdl === null || apiSdl === null || table === null || clients === null)
    throw new ConfigurationError(problems);
  if (typeof keySource === 'string') throw new ConfigurationError([keySource]);
  return { settings: values, deployment, modules: loaded.modules, supergraphSdl, apiSdl, table, clients, keySource };
}

function schemaText(file: string): string {
  const text = readFileSync(file, 'utf8');
  parse(text, { noLocation: true });
  return text;
}

/** One line: of a file of the wrong shape each place and what is wrong there. */
function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`).join('; ');
  // Both parsers quote what they cannot read.
  if (error instanceof SyntaxError) return 'is not valid JSON';
  if (error instanceof GraphQLError) return 'is not a GraphQL schema';
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'cannot be read';
}

/** A random secret serves one process; a subgraph elsewhere must know it too. */
function missingSecrets(deployment: readonly DeploymentEntry[], values: Settings<typeof settings>): readonly string[] {
  if (deployment.every(({ url }) => url === undefined)) return [];
  return (['GRANT_SECRET', 'ASSERTION_SECRET'] as const)
    .filter((name) => values[name] === undefined)
    .map(
      (name) =>
        `${name}: is required, because a subgraph of the deployment runs elsewhere (${settings[name].description})`,
    );
}
