import { DEPLOYMENT_FILE, type Department, departmentsOf, readDeployment } from '../../schema/departments.ts';
import type { ReferralDesk } from '../../adapters/shared/referral-desk.ts';
import type { DepartmentSource } from '../../adapters/shared/source.ts';
import type { SettingsTable } from '../../adapters/shared/settings.ts';
import type { Log } from './log.ts';

export interface DeployedDepartment {
  readonly department: Department;
  readonly settings: SettingsTable;
  createSource(settings: Readonly<Record<string, unknown>>): DepartmentSource;
  /** Left out where the department's system takes no referrals. */
  createDesk?(settings: Readonly<Record<string, unknown>>, deps: { readonly log: Log }): ReferralDesk;
}

/**
 * The department that a deployment names by this slug, with what makes its source and its desk. A text instead says why there is none:
 * no such department, or one that runs elsewhere.
 */
export async function deployedDepartment(
  slug: string,
  file: URL = DEPLOYMENT_FILE,
): Promise<DeployedDepartment | string> {
  const deployment = readDeployment(file);
  const departments = departmentsOf(deployment);
  const department = departments.find((one) => one.slug === slug);
  const entry = deployment.find(({ name }) => name === slug);
  if (department === undefined)
    return `no department "${slug}"; there are ${departments.map((d) => d.slug).join(', ')}`;
  if (entry?.module === undefined) return `the department "${slug}" runs elsewhere; run this where its module is`;
  const { subgraph }: { subgraph?: Partial<DeployedDepartment> } = await import(new URL(entry.module, file).href);
  const { settings, createSource, createDesk } = subgraph ?? {};
  if (settings === undefined || createSource === undefined) return `the module of "${slug}" makes no source`;
  return { department, settings, createSource, ...(createDesk && { createDesk }) };
}
