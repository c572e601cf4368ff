/**
 * The hub as `startHub` makes it, behind its own front door, over a store in memory and departments in memory: what the
 * permission fuzz asks. Its persons, referrals and emergencies stand where the fuzz put them, at an instant that the
 * fuzz chose; its subgraphs all run in the same process, or each behind HTTP. Test support.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestRecord } from '../adapters/audit/port.ts';
import { standInCalendarFile } from '../adapters/calendar/calendar.fixture.ts';
import { silentLog } from '../subgraphs/shared/log.ts';
import type { SubgraphServices } from '../subgraphs/shared/subgraph.ts';
import { auditedExecutor } from './audit/audited-executor.ts';
import { forger, goodClaims } from './authentication/test-support/forger.ts';
import { startKeyServer } from './authentication/test-support/key-server.ts';
import { subgraphsApart } from './fuzzed-apart.fixture.ts';
import { type FuzzedSeed, loadSeed, PEPPER, seededSubgraph } from './fuzzed-seed.fixture.ts';
import { type HubConfiguration, hubConfiguration } from './hub-configuration.ts';
import type { LoadedModule } from './load-subgraphs.ts';
import { startHub } from './start-hub.ts';

const ISSUER = 'https://sign-in.example/realms/care';
const SECRETS = { GRANT_SECRET: 'g'.repeat(40), ASSERTION_SECRET: 'a'.repeat(40) };
/** As long as may be: what is slow here is the machine. */
const TIMEOUT_MS = 60_000;

export type RecordedRequest = RequestRecord;

export interface FuzzedHub {
  readonly url: string;
  /** The records of the request that came with this trace id, each durable before its answer. */
  recordsOf(trace: string): readonly RequestRecord[];
  /** Answers that were withheld since the start. */
  readonly withheld: () => number;
  close(): Promise<void>;
}

export interface FuzzedHubs {
  /** A token of this issuer that every hub here takes. */
  token(claims: Readonly<Record<string, unknown>>): Promise<string>;
  start(options: { readonly engine: 'hub' | 'apollo'; readonly over: 'process' | 'http' }): Promise<FuzzedHub>;
  close(): Promise<void>;
}

/** An issuer, and the subgraphs of a seed behind HTTP; hubs start over them, or over those of their own process. */
export async function fuzzedHubs(seed: FuzzedSeed): Promise<FuzzedHubs> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzzed-'));
  const key = await forger('fuzz');
  const keyServer = await startKeyServer([key.publicJwk]);
  const opened: { close(): Promise<unknown> }[] = [keyServer];
  const environment = { ...settingsOf(folder), OIDC_JWKS_URL: keyServer.url };
  const apart = await subgraphsApart(seed, { environment, secrets: SECRETS, timeoutMs: TIMEOUT_MS });
  opened.push(apart);
  const deploymentApart = join(folder, 'deployment.json');
  apart.writeDeployment(deploymentApart);
  return {
    token: async (claims) => key.sign({ ...goodClaims(ISSUER, Date.now()), ...claims }),
    start: async ({ engine, over }) => {
      const deployment = over === 'http' ? { DEPLOYMENT_FILE: deploymentApart } : {};
      const configuration = await hubConfiguration({ ...environment, ...deployment, GATEWAY_ENGINE: engine });
      const hub = await startSeeded(configuration, seed);
      opened.push(hub);
      return hub;
    },
    close: async () => {
      for (const part of opened.toReversed()) await part.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function settingsOf(folder: string): Record<string, string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const hex = () => randomBytes(32).toString('hex');
  const keyFile = join(folder, 'encryption-keys.json');
  writeFileSync(keyFile, JSON.stringify({ current: 'k1', keys: { k1: hex() }, index: hex() }), { mode: 0o600 });
  const daysFile = join(folder, 'working-days.json');
  writeFileSync(daysFile, standInCalendarFile(Date.now()));
  return {
    ...SECRETS,
    PORT: '0',
    OIDC_ISSUER: ISSUER,
    STORE_URL: 'sqlite::memory:',
    PERSON_ID_PEPPER: PEPPER,
    PERSON_MATCHES_PER_MINUTE: '10000',
    CLIENT_COST_PER_SECOND: '0',
    OPERATION_COST_MAX: '1000000000',
    REQUEST_TIMEOUT_MS: String(TIMEOUT_MS + 10_000),
    SUBGRAPH_TIMEOUT_MS: String(TIMEOUT_MS),
    SUPERGRAPH_WATCH: 'off',
    UNSEEN_ANSWER_MS: '0',
    AUDIT_SIGNING_KEY: JSON.stringify(privateKey.export({ format: 'jwk' })),
    AUDIT_CHECKPOINTS: `file:${join(folder, 'checkpoints.jsonl')}`,
    AUDIT_SPOOL: join(folder, 'spool.jsonl'),
    ENCRYPTION_KEYS_FILE: keyFile,
    WORKING_DAYS_FILE: daysFile,
    ...DEPARTMENT_SETTINGS,
  };
}

/** Nobody listens there: the sources in memory are asked instead. */
const NOWHERE = 'http://127.0.0.1:9/x';
const DEPARTMENT_SETTINGS = {
  CIVIL_AFFAIRS_URL: NOWHERE,
  CIVIL_AFFAIRS_USER: 'hub',
  CIVIL_AFFAIRS_PASSWORD: 'none',
  EDUCATION_URL: NOWHERE,
  EDUCATION_CLIENT_ID: 'hub',
  EDUCATION_CLIENT_SECRET: 'none',
  HEALTH_URL: NOWHERE,
  HEALTH_TOKEN: 'none',
  JUSTICE_URL: 'postgresql://hub@127.0.0.1:9/x?sslmode=disable',
  JUSTICE_PASSWORD: 'none',
  UNION_URL: NOWHERE,
  UNION_APP_KEY: 'hub',
  UNION_APP_SECRET: 'none',
  WOMENS_FEDERATION_DROP_FOLDER: tmpdir(),
};

async function startSeeded(configuration: HubConfiguration, seed: FuzzedSeed): Promise<FuzzedHub> {
  const records = new Map<string, RequestRecord[]>();
  let withheld = 0;
  let own: SubgraphServices | null = null;
  const modules = configuration.modules.map(({ module, settings }): LoadedModule => {
    const create: typeof module.create = async (services) => {
      if (module.name === 'person') own = services;
      return seededSubgraph(module, services, seed);
    };
    return { settings, module: { ...module, create } };
  });
  const server = await startHub(
    { ...configuration, modules },
    {
      log: silentLog,
      audited: (execute, options) => {
        const { auditLog } = options;
        const noting = (append: typeof auditLog.append) => async (record: Parameters<typeof append>[0]) => {
          await append(record);
          if (record.kind === 'WITHHELD') withheld += 1;
          if (record.kind === 'REQUEST' && record.trace !== null)
            records.set(record.trace, [...(records.get(record.trace) ?? []), record]);
        };
        const noted = {
          ...auditLog,
          append: noting(auditLog.append),
          appendThroughSpool: noting(auditLog.appendThroughSpool),
        };
        return auditedExecutor(execute, { ...options, auditLog: noted });
      },
    },
  );
  // Where they run apart the seed is in their store.
  if (own !== null) await loadSeed(own, seed);
  return {
    url: server.url,
    recordsOf: (trace) => {
      const found = records.get(trace) ?? [];
      records.delete(trace);
      return found;
    },
    withheld: () => withheld,
    close: () => server.close(),
  };
}
