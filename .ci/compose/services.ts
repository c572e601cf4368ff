/** The services of docker-compose.yml by their kinds. */
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import { composeFile, type ComposeService } from './compose-file.ts';

export const file = composeFile();
export const services: readonly (readonly [string, ComposeService])[] = Object.entries(file.services);
export const deployment = readDeployment();
export const departments: readonly string[] = departmentsOf(deployment).map(({ slug }) => slug);
/** The hub's own subgraphs. */
export const own: readonly string[] = deployment.map(({ name }) => name).filter((name) => !departments.includes(name));
export const gateways = ['gateway-1', 'gateway-2'] as const;
export const members = ['mongodb-1', 'mongodb-2', 'mongodb-3'] as const;
export const hubServices = services.filter(([, { image }]) => image.startsWith('xinqiao/hub:'));
export const otherServices = services.filter(([, { image }]) => !image.startsWith('xinqiao/hub:'));

export function named(name: string): ComposeService {
  const service = file.services[name];
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
}

/** The program of the hub that a service runs. */
export const programOf = ({ command = [] }: ComposeService): string =>
  command.find((word) => word.endsWith('.ts')) ?? '';
