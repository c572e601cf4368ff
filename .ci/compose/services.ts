/** The services of docker-compose.yml by their kinds. */
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import { composeFile, type ComposeService } from './compose-file.ts';

export const file = composeFile();
export const services: readonly (readonly [string, ComposeService])[] = Object.entries(file.services);
export const deployment = readDeployment();
const ofDepartments = departmentsOf(deployment);
export const departments: readonly string[] = ofDepartments.map(({ slug }) => slug);
/** The hub's own subgraphs. */
export const own: readonly string[] = deployment.map(({ name }) => name).filter((name) => !departments.includes(name));
/** What a service is told by a department's own variables (`EDUCATION_…`). */
export const toldOf = (slug: string, { environment }: Pick<ComposeService, 'environment'>): Record<string, string> => {
  const prefix = `${ofDepartments.find((one) => one.slug === slug)?.code}_`;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith(prefix)));
};
/** The names of secret files. */
export const secretsIn = (told: Readonly<Record<string, string>>): readonly string[] =>
  Object.values(told).flatMap((value) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? []);
/** What departments hand over: the secrets of their own variables. */
export const givenSecrets = departments.flatMap((slug) =>
  secretsIn(toldOf(slug, file.services[slug] ?? { environment: {} })),
);
export const gateways = ['gateway-1', 'gateway-2'] as const;
export const members = ['mongodb-1', 'mongodb-2', 'mongodb-3'] as const;
const ofHub = services.filter(([, { image }]) => image.startsWith('xinqiao/hub:'));
export const hubServices = ofHub.filter(([, { profiles }]) => profiles.length === 0);
/** Of the hub's image as well, started by hand. */
export const linkServices = ofHub.filter(([, { profiles }]) => profiles.includes('link'));
export const otherServices = services.filter(([, { image }]) => !image.startsWith('xinqiao/hub:'));

export function named(name: string): ComposeService {
  const service = file.services[name];
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
}

/** The program of the hub that a service runs. */
export const programOf = ({ command = [] }: ComposeService): string =>
  command.find((word) => word.endsWith('.ts')) ?? '';
