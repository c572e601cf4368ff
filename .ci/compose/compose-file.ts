/** docker-compose.yml, read as Compose reads it. */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { interpolated } from './interpolated.ts';

const ROOT = new URL('../../', import.meta.url);
export const textOf = (file: string): string => readFileSync(new URL(file, ROOT), 'utf8');

const healthCheck = z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).loose();
const serviceSchema = z.object({
  image: z.string(),
  build: z.object({ dockerfile: z.string().optional(), target: z.string().optional() }).loose().optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  configs: z.array(z.object({ source: z.string(), target: z.string() })).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z
    .union([z.array(z.string()), z.record(z.string(), z.unknown())])
    .transform((networks) => (Array.isArray(networks) ? networks : Object.keys(networks))),
  ports: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: healthCheck,
  user: z.string().optional(),
  restart: z.string(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  logging: z.object({ options: z.record(z.string(), z.string()) }).optional(),
  deploy: z.object({
    resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string(), pids: z.number() }) }),
  }),
});
export type ComposeService = z.infer<typeof serviceSchema>;

const fileSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) })),
  volumes: z.record(z.string(), z.object({})),
  configs: z.record(z.string(), z.object({ file: z.string() })),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

/** As it stands there, with YAML's merges done and no variable put in. */
export const rawComposeFile = (): unknown => parse(textOf('docker-compose.yml'), { merge: true, maxAliasCount: -1 });

/** What an operator must say, here with made-up values. */
export const OPERATORS: Readonly<Record<string, string>> = {
  HUB_HOST: 'hub.city.example',
  SSO_HOST: 'sso.city.example',
  ...Object.fromEntries(
    ['NODE', 'MONGODB', 'HAPROXY', 'KEYCLOAK', 'POSTGRES'].map((image) => [
      `${image}_DIGEST`,
      `sha256:${'0'.repeat(64)}`,
    ]),
  ),
};
export const SAMPLES: Readonly<Record<string, string | undefined>> = parseEnv(textOf('ops/samples/samples.env'));

/** With these variables put in. A service that says something that this project's do not say is an error. */
export function composeFile(
  environment: Readonly<Record<string, string | undefined>> = { ...SAMPLES, ...OPERATORS },
): z.infer<typeof fileSchema> {
  return fileSchema.parse(interpolated(rawComposeFile(), environment));
}
