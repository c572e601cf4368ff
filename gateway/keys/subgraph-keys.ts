import type { Environment } from '../../adapters/shared/run-mode.ts';
import { startProblems } from '../../adapters/shared/start-problems.ts';
import { readSettings, type SettingsTable } from '../../adapters/shared/settings.ts';
import { readDeployment } from '../../schema/departments.ts';
import { deriveKey } from '../../subgraphs/shared/key-derivation.ts';
import { gatewaySettings } from '../config.ts';

const { GRANT_SECRET, ASSERTION_SECRET, DEPLOYMENT_FILE } = gatewaySettings;
const keySettings = { GRANT_SECRET, ASSERTION_SECRET, DEPLOYMENT_FILE } satisfies SettingsTable;

/**
 * The environment of one subgraph that runs alone, as `NAME=value` lines: its own keys, derived from the gateway's two
 * secrets. Nothing is thrown: every problem is a line in `problems`.
 */
export function subgraphKeys(
  subgraph: string,
  environment: Environment,
): { lines: readonly string[]; problems: readonly string[] } {
  const read = readSettings(keySettings, environment);
  const { values } = read;
  const problems = startProblems([{ table: keySettings, ...read }], environment);
  const missing = (['GRANT_SECRET', 'ASSERTION_SECRET'] as const)
    .filter((name) => values[name] === undefined && !problems.some((problem) => problem.startsWith(name)))
    .map((name) => `${name}: is required, the one that the gateway has (also as ${name}_FILE)`);
  const entry = entryOf(subgraph, values.DEPLOYMENT_FILE);
  const found = [...problems, ...missing, ...(typeof entry === 'string' ? [entry] : [])];
  if (found.length > 0 || typeof entry === 'string') return { lines: [], problems: found };
  const hex = (secret: string | undefined, use: 'grant' | 'assertion') =>
    deriveKey(secret ?? '', use, subgraph)
      .export()
      .toString('hex');
  return {
    lines: [
      `ASSERTION_KEY=${hex(values.ASSERTION_SECRET, 'assertion')}`,
      // The hub's own subgraph makes everybody's grants: it needs the secret itself.
      ...(entry.department === undefined ? [] : [`GRANT_KEY=${hex(values.GRANT_SECRET, 'grant')}`]),
    ],
    problems: [],
  };
}

/** A misspelt name would give keys that open nothing; so it must stand in the deployment. */
function entryOf(subgraph: string, deploymentFile: string) {
  try {
    const deployment = readDeployment(deploymentFile);
    const names = deployment.map(({ name }) => name).join(', ');
    return deployment.find(({ name }) => name === subgraph) ?? `${subgraph}: no subgraph of the deployment (${names})`;
  } catch {
    return 'DEPLOYMENT_FILE: cannot be read';
  }
}
