import type { Foreseen } from '../adapters/observability/begin-at-zero.ts';
import { departmentsOf } from '../schema/departments.ts';
import { ERROR_CODES } from './error-codes.ts';
import type { HubConfiguration } from './hub-configuration.ts';

/** Whose errors a gateway will count. What runs elsewhere reads its department there. */
export function foreseenErrors({ deployment }: Pick<HubConfiguration, 'deployment'>): Foreseen {
  return {
    codes: Object.keys(ERROR_CODES),
    called: deployment.map(({ name }) => name),
    read: departmentsOf(deployment.filter(({ url }) => url === undefined)).map(({ slug }) => slug),
  };
}
