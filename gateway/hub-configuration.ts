import { repeatedSecrets } from '../adapters/shared/repeated-secrets.ts';
import { type Environment, inProduction } from '../adapters/shared/run-mode.ts';
import { readSettings, type Settings } from '../adapters/shared/settings.ts';
import { observabilitySettings } from '../adapters/observability/settings.ts';
import { auditSettings } from '../adapters/audit/settings.ts';
import { storeAccountProblems, storeSettings, storeTimeoutProblems } from '../adapters/store/settings.ts';
import type { KeySource } from '../adapters/vault/key-source.ts';
import { keySourceOf, vaultSettings } from '../adapters/vault/settings.ts';
import { type Clients, readClients } from '../schema/clients.ts';
import { type DeploymentEntry, readDeployment } from '../schema/departments.ts';
import {
  type ComposedSchema,
  composedSchema,
  fileFault,
  readSchemaFiles,
  type SchemaFiles,
} from './composed-schema.ts';
import { securityContactProblems } from './browsers/security-txt.ts';
import { gatewaySettings, timeoutProblems } from './config.ts';
import type { FileText } from './reload/file-text.ts';
import { type LoadedModule, loadModules } from './load-subgraphs.ts';

/** The configuration is wrong; every problem is a line. */
export class ConfigurationError extends Error {
  constructor(found: readonly string[]) {
    // One wrong variable may be met in several tables.
    const problems = [...new Set(found)];
    const lines = problems.map((problem) => `  ${problem}`).join('\n');
    super(`The hub was not started; ${problems.length} problem(s) in its configuration:\n${lines}`);
    this.name = 'ConfigurationError';
  }
}

const settings = {
  ...gatewaySettings,
  ...storeSettings,
  ...auditSettings,
  ...vaultSettings,
  ...observabilitySettings,
};

export interface HubConfiguration {
  readonly settings: Settings<typeof settings>;
  readonly deployment: readonly DeploymentEntry[];
  readonly modules: readonly LoadedModule[];
  /** At the start; and what the files of it held then. */
  readonly schema: ComposedSchema;
  readonly schemaFiles: SchemaFiles<FileText>;
  readonly clients: Clients;
  readonly keySource: KeySource;
}

/** Everything that the environment says, checked. Throws `ConfigurationError` with all that is wrong at once (case 75). */
export async function hubConfiguration(environment: Environment): Promise<HubConfiguration> {
  const { values, problems: found } = readSettings(settings, environment);
  const problems = [...found];
  const read = <T>(name: string, reader: () => T): T | null => {
    try {
      return reader();
    } catch (error) {
      problems.push(`${name}: ${fileFault(error)}`);
      return null;
    }
  };
  const { DEPLOYMENT_FILE, CLIENTS_FILE } = values;
  const deployment = read('DEPLOYMENT_FILE', () => readDeployment(DEPLOYMENT_FILE)) ?? [];
  const loaded = await loadModules(deployment, { deploymentFile: DEPLOYMENT_FILE, environment });
  const schemaFiles = await readSchemaFiles(values);
  const { schema, problems: inSchema } = composedSchema(schemaFiles);
  problems.push(...inSchema);
  const clients = read('CLIENTS_FILE', () => readClients(CLIENTS_FILE));
  problems.push(
    ...loaded.problems,
    ...missingSecrets(deployment, values),
    ...timeoutProblems(values),
    ...storeTimeoutProblems(values, values),
    ...storeAccountProblems(values),
  );
  if (!problems.some((one) => one.startsWith('SECURITY_CONTACT'))) problems.push(...securityContactProblems(values));
  const modules = loaded.modules.map((one) => ({ table: one.module.settings, values: one.settings }));
  if (inProduction(environment)) problems.push(...repeatedSecrets([{ table: settings, values }, ...modules]));
  const keySource = await keySourceOf(values, environment);
  // One of two variables says where the keys are; that both or none do shows in neither alone.
  if (typeof keySource === 'string' && !problems.some((one) => one.startsWith('ENCRYPTION_KEYS')))
    problems.push(keySource);
  if (problems.length > 0 || schema === null || clients === null) throw new ConfigurationError(problems);
  if (typeof keySource === 'string') throw new ConfigurationError([keySource]);
  return { settings: values, deployment, modules: loaded.modules, schema, schemaFiles, clients, keySource };
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
