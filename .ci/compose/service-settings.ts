import { auditSettings } from '../../adapters/audit/settings.ts';
import { observabilitySettings } from '../../adapters/observability/settings.ts';
import type { SettingsTable } from '../../adapters/shared/settings.ts';
import { storeSettings } from '../../adapters/store/settings.ts';
import { vaultSettings } from '../../adapters/vault/settings.ts';
import { gatewaySettings } from '../../gateway/config.ts';
import { loadModules } from '../../gateway/load-subgraphs.ts';
import { DEPLOYMENT_FILE, readDeployment } from '../../schema/departments.ts';
import { departmentKeySettings, hubSettings, subgraphSettings } from '../../subgraphs/shared/run-subgraph.ts';

/** The table of settings that each program of the hub reads, by the program's file. */
export async function settingsByProgram(): Promise<ReadonlyMap<string, SettingsTable>> {
  const deployment = readDeployment();
  const { modules } = await loadModules(deployment, { deploymentFile: DEPLOYMENT_FILE.pathname, environment: {} });
  const isDepartment = new Set(deployment.flatMap(({ name, department }) => (department ? [name] : [])));
  return new Map<string, SettingsTable>([
    [
      'gateway/main.ts',
      { ...gatewaySettings, ...storeSettings, ...auditSettings, ...vaultSettings, ...observabilitySettings },
    ],
    ...modules.map(({ module: { name, settings } }): [string, SettingsTable] => [
      `subgraphs/${name}/main.ts`,
      { ...settings, ...subgraphSettings, ...(isDepartment.has(name) ? departmentKeySettings : hubSettings) },
    ]),
  ]);
}
