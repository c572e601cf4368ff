import { departmentsOf, readDeployment } from '../../../schema/departments.ts';
import { DEPARTMENTS } from '../world/local-ids.ts';

const joined = departmentsOf(readDeployment())
  .map(({ slug }) => slug)
  .filter((slug) => !DEPARTMENTS.some((first) => first === slug));

/** Slugs of all departments that have a sample system: the world's first six, then those that joined the deployment. */
export const SAMPLE_DEPARTMENTS: readonly string[] = [...DEPARTMENTS, ...joined];
