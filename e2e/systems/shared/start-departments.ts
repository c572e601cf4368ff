import { existsSync } from 'node:fs';
import type { World } from '../world/model.ts';
import type { DepartmentSystem, StartOptions } from './department-system.ts';
import { SAMPLE_DEPARTMENTS } from './sample-departments.ts';

type Start = (options: StartOptions & { readonly world: World }) => Promise<DepartmentSystem>;
interface DepartmentsOptions {
  readonly world: World;
  readonly only: readonly string[];
  readonly portBase: number;
  readonly host?: string;
  readonly folder?: string;
}

/**
 * Starts `start<Department>System` of `e2e/systems/<slug>/system.ts` for each department. All or none: when one is
 * missing or fails, the others are closed again and the error names it.
 */
export async function startDepartments({
  world,
  only,
  portBase,
  ...places
}: DepartmentsOptions): Promise<DepartmentSystem[]> {
  const started = await Promise.allSettled(
    only.map(async (slug) => (await starterOf(slug))({ world, port: portOf(slug, portBase), ...places })),
  );
  const systems = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const problems = started.flatMap((result, i) =>
    result.status === 'rejected' ? [`${only[i]}: ${reasonOf(result.reason)}`] : [],
  );
  if (problems.length === 0) return systems;
  await Promise.allSettled(systems.map((system) => system.close()));
  throw new Error(problems.join('\n'));
}

/** The control comes after the departments. */
export const controlPort = (portBase: number) => (portBase === 0 ? 0 : portBase + SAMPLE_DEPARTMENTS.length);

const portOf = (slug: string, portBase: number) => (portBase === 0 ? 0 : portBase + SAMPLE_DEPARTMENTS.indexOf(slug));
const reasonOf = (reason: unknown): string => {
  if (!(reason instanceof Error)) return String(reason);
  const taken = 'code' in reason && reason.code === 'EADDRINUSE';
  return taken ? `${reason.message}; choose other ports` : (reason.stack ?? reason.message);
};

async function starterOf(slug: string): Promise<Start> {
  const file = new URL(`../${slug}/system.ts`, import.meta.url);
  if (!existsSync(file)) throw new Error(`there is no e2e/systems/${slug}/system.ts`);
  const name = `start${slug.split('-').map(capitalised).join('')}System`;
  const module: Record<string, unknown> = await import(file.href);
  const start = module[name];
  if (typeof start !== 'function') throw new Error(`e2e/systems/${slug}/system.ts does not export ${name}`);
  return start as Start;
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
