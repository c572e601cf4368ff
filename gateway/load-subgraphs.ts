import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { readSettings } from '../adapters/shared/settings.ts';
import type { DeploymentEntry } from '../schema/departments.ts';
import type { Subgraph, SubgraphModule, SubgraphServices } from '../subgraphs/shared/subgraph.ts';

/** A subgraph of this process that is known but not yet started. */
export interface LoadedModule {
  readonly module: SubgraphModule;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Imports the modules of a deployment and reads their settings. Mistakes are lines, so that a start can report all at once. */
export async function loadModules(
  deployment: readonly DeploymentEntry[],
  {
    deploymentFile,
    environment,
  }: { deploymentFile: string; environment: Readonly<Record<string, string | undefined>> },
): Promise<{ modules: readonly LoadedModule[]; problems: readonly string[] }> {
  const problems: string[] = [];
  const modules: LoadedModule[] = [];
  for (const entry of deployment) {
    if (entry.module === undefined) continue;
    const subgraph = await moduleOf(entry, deploymentFile);
    if (subgraph === null) {
      problems.push(`DEPLOYMENT_FILE: ${entry.name}: no subgraph named so comes from ${entry.module}`);
      continue;
    }
    const read = readSettings(subgraph.settings, environment);
    problems.push(...read.problems);
    modules.push({ module: subgraph, settings: read.values });
  }
  // Two subgraphs may need the same variable.
  return { modules, problems: [...new Set(problems)] };
}

/** The module that an entry names; `null` where there is none, or where it is another subgraph's. */
async function moduleOf(
  { name, module = '' }: DeploymentEntry,
  deploymentFile: string,
): Promise<SubgraphModule | null> {
  const url = new URL(module, pathToFileURL(deploymentFile));
  if (url.protocol !== 'file:' || !existsSync(url)) return null;
  // What breaks inside the module is a fault of the program, not of its configuration.
  const { subgraph } = (await import(url.href)) as { subgraph?: SubgraphModule };
  return subgraph?.name === name ? subgraph : null;
}

/** Starts what was loaded; if one fails, those before it are closed again. */
export async function startSubgraphs(
  modules: readonly LoadedModule[],
  services: Omit<SubgraphServices, 'settings'>,
): Promise<readonly Subgraph[]> {
  const started: Subgraph[] = [];
  try {
    for (const { module, settings } of modules) started.push(await module.create({ ...services, settings }));
    return started;
  } catch (error) {
    await Promise.allSettled(started.map((subgraph) => subgraph.close()));
    throw error;
  }
}
