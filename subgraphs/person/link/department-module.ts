import { DEPLOYMENT_FILE, type Department, departmentsOf, readDeployment } from '../../../schema/departments.ts';
import type { DepartmentSource } from '../../../adapters/shared/source.ts';
import type { SettingsTable } from '../../../adapters/shared/settings.ts';

export interface LinkableDepartment {
  readonly department: Department;
  readonly settings: SettingsTable;
  createSource(settings: Readonly<Record<string, unknown>>): DepartmentSource;
}

/**
 * The department that a deployment names by this slug, with what makes its source. A text instead says why there is none:
 * no such department, or one that runs elsewhere.
 */
export async function linkableDepartment(
  slug: string,
  file: URL = DEPLOYMENT_FILE,
): Promise<LinkableDepartment | string> {
  const deployment = readDeployment(file);
  const departments = departmentsOf(deployment);
  const department = departments.find((one) => one.slug === slug);
  const entry = deployment.find(({ name }) => name === slug);
  if (department === undefined)
    return `no department "${slug}"; there are ${departments.map((d) => d.slug).join(', ')}`;
  if (entry?.module === undefined) return `the department "${slug}" runs elsewhere; link it where its module is`;
  const { subgraph }: { subgraph?: Partial<LinkableDepartment> } = await import(new URL(entry.module, file).href);
  const { settings, createSource } = subgraph ?? {};
  if (settings === undefined || createSource === undefined) return `the module of "${slug}" makes no source`;
  return { department, settings, createSource };
}
