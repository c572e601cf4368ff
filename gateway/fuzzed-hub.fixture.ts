/**
 * The hub as `startHub` makes it, behind its own front door, over a store in memory and departments in memory: what the
 * permission fuzz asks. Its persons, referrals and emergencies stand where the fuzz put them, at an instant that the
 * fuzz chose; the departments' subgraphs run in the same process or behind HTTP. Test support.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestRecord } from '../adapters/audit/port.ts';
import { standInCalendarFile } from '../adapters/calendar/calendar.fixture.ts';
import type { DepartmentSource } from '../adapters/shared/source.ts';
import type { Store } from '../adapters/store/port.ts';
import type { Vault } from '../adapters/vault/port.ts';
import { fakeReceivers } from '../adapters/webhooks/fake.ts';
import { calendarOf2026 } from '../adapters/calendar/calendar.fixture.ts';
import { DEPLOYMENT_FILE, type DeploymentEntry, readDeployment } from '../schema/departments.ts';
import { organisations } from '../subgraphs/directory/organisation.ts';
import { emergencyAccesses } from '../subgraphs/person/emergency/emergency-access.ts';
import { idNumberHash } from '../subgraphs/person/id-number-hash.ts';
import { personSubgraph } from '../subgraphs/person/person-subgraph.ts';
import { persons } from '../subgraphs/person/person.ts';
import { referralFacts } from '../subgraphs/referral/referral-facts.ts';
import { referralSubgraph } from '../subgraphs/referral/referral-subgraph.ts';
import { referrals } from '../subgraphs/referral/referral.ts';
import { sealFor } from '../subgraphs/referral/texts.ts';
import { referralEvents } from '../subgraphs/referral/timeline-events.ts';
import type { DepartmentModule } from '../subgraphs/shared/department-subgraph.ts';
import { deriveKey } from '../subgraphs/shared/key-derivation.ts';
import { silentLog } from '../subgraphs/shared/log.ts';
import { serveSubgraph } from '../subgraphs/shared/serve-subgraph.ts';
import type { SubgraphServices } from '../subgraphs/shared/subgraph.ts';
import { auditedExecutor } from './audit/audited-executor.ts';
import { forger, goodClaims } from './authentication/test-support/forger.ts';
import { startKeyServer } from './authentication/test-support/key-server.ts';
import { type HubConfiguration, hubConfiguration } from './hub-configuration.ts';
import type { LoadedModule } from './load-subgraphs.ts';
import { startHub } from './start-hub.ts';

const ISSUER = 'https://sign-in.example/realms/care';
const SECRETS = { GRANT_SECRET: 'g'.repeat(40), ASSERTION_SECRET: 'a'.repeat(40) };
const PEPPER = 'a pepper for the fuzz, 32 characters';
const NO_JOBS = () => () => {};
/** As long as may be: what is slow here is the machine. */
const TIMEOUT_MS = 60_000;

/** A document as the store takes it; each collection checks its own. */
interface Seeded {
  readonly id: string;
  readonly data: object;
}

/** What the hub knows before the first question. */
export interface FuzzedSeed {
  readonly now: number;
  readonly persons: readonly (Seeded & { readonly idNumber: string })[];
  /** With the texts as they are read; they are sealed on the way in. */
  readonly referrals: readonly (Seeded & { readonly personId: string; readonly reason: string })[];
  readonly emergencies: readonly Seeded[];
  readonly organisations: readonly Seeded[];
  /** A department's records, by its slug. */
  readonly sources: Readonly<Record<string, DepartmentSource>>;
}

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

/** An issuer, and the departments of a seed; hubs start over them. */
export async function fuzzedHubs(seed: FuzzedSeed): Promise<FuzzedHubs> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzzed-'));
  const key = await forger('fuzz');
  const keyServer = await startKeyServer([key.publicJwk]);
  const opened: { close(): Promise<unknown> }[] = [keyServer];
  const environment = { ...settingsOf(folder), OIDC_JWKS_URL: keyServer.url };
  const remote = await departmentsOverHttp(seed);
  opened.push(...remote.servers);
  return {
    token: async (claims) => key.sign({ ...goodClaims(ISSUER, Date.now()), ...claims }),
    start: async ({ engine, over }) => {
      const deployment = over === 'http' ? { DEPLOYMENT_FILE: remote.deploymentFile(folder) } : {};
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
  const now = () => seed.now;
  const modules = configuration.modules.map(({ module, settings }): LoadedModule => {
    const create: typeof module.create = async (services) => {
      const source = seed.sources[module.name];
      if (source !== undefined) return createOver(module, source, services);
      if (module.name === 'person') {
        own = services;
        const parts = personParts(services.store(), now);
        return personSubgraph(services, { ...parts, now, every: NO_JOBS });
      }
      return module.name === 'referral' ? referralsOf(services, now) : module.create(services);
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
  if (own === null) throw new Error('the deployment has no person subgraph');
  await load(own, seed);
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

const personParts = (store: Store, now: () => number) => ({
  sharedFacts: referralFacts(store, now),
  hubEvents: referralEvents(store, { now }),
});

const referralsOf = async (services: SubgraphServices, now: () => number) =>
  referralSubgraph(services, {
    calendar: calendarOf2026(),
    office: 'leading-group-office',
    sender: fakeReceivers(),
    idNumbers: { pepper: PEPPER, perMinute: 10_000 },
    now,
    every: NO_JOBS,
  });

type AnyDepartment = Pick<DepartmentModule<DepartmentSource>, 'createOver'>;

function createOver(module: object, source: DepartmentSource, services: SubgraphServices) {
  return (module as AnyDepartment).createOver(source, services);
}

async function load(services: SubgraphServices, seed: FuzzedSeed): Promise<void> {
  const [store, vault] = [services.store(), services.vault()];
  const hash = idNumberHash(PEPPER);
  for (const { id, idNumber, data } of seed.persons)
    await store.save(persons, { id, data: { ...data, idHash: hash(idNumber) } as never, expectedVersion: 0 });
  for (const { id, data } of seed.organisations)
    await store.save(organisations, { id, data: data as never, expectedVersion: 0 });
  for (const { id, data } of seed.emergencies)
    await store.save(emergencyAccesses, { id, data: data as never, expectedVersion: 0 });
  for (const one of seed.referrals)
    await store.save(referrals, { id: one.id, data: await sealedReferral(vault, one), expectedVersion: 0 });
}

async function sealedReferral(vault: Vault, { id, personId, reason, data }: FuzzedSeed['referrals'][number]) {
  return { ...data, reason: await sealFor(vault, { id, personId })('reason', reason) } as never;
}

/** The departments' subgraphs as they run alone, each behind its own port, and the deployment that names them. */
async function departmentsOverHttp({ sources }: FuzzedSeed) {
  const deployment = readDeployment();
  const served = await Promise.all(
    deployment.map(async (entry): Promise<{ entry: DeploymentEntry; close?: () => Promise<void> }> => {
      const { name, module = '', department } = entry;
      const source = sources[name];
      const path = new URL(module, DEPLOYMENT_FILE);
      if (source === undefined) return { entry: { ...entry, module: path.pathname } };
      const { subgraph }: { subgraph: AnyDepartment } = await import(path.href);
      const grantKey = () => deriveKey(SECRETS.GRANT_SECRET, 'grant', name);
      const made = subgraph.createOver(source, { grantKey } as never);
      const assertionKey = deriveKey(SECRETS.ASSERTION_SECRET, 'assertion', name);
      const listening = { host: '127.0.0.1', port: 0, timeoutMs: TIMEOUT_MS, log: silentLog };
      const { url, close } = await serveSubgraph(made, { ...listening, assertionKey });
      return { entry: { name, url, batches: true, department }, close };
    }),
  );
  return {
    servers: served.flatMap(({ close }) => (close === undefined ? [] : [{ close }])),
    deploymentFile: (folder: string): string => {
      const file = join(folder, 'deployment.json');
      writeFileSync(file, JSON.stringify(served.map(({ entry }) => entry)));
      return file;
    },
  };
}
