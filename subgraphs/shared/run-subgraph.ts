import { createSecretKey, type KeyObject } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startProblems } from '../../adapters/shared/start-problems.ts';
import {
  readSettings,
  type Setting,
  setting,
  type Settings,
  type SettingsTable,
} from '../../adapters/shared/settings.ts';
import { auditSettings } from '../../adapters/audit/settings.ts';
import { openObservability } from '../../adapters/observability/open-observability.ts';
import { observabilitySettings } from '../../adapters/observability/settings.ts';
import { openSpool } from '../../adapters/audit/spool.ts';
import { openStore } from '../../adapters/store/open-store.ts';
import { storeAccountProblems, storeSettings, storeTimeoutProblems } from '../../adapters/store/settings.ts';
import { followKeys } from '../../adapters/vault/follow-keys.ts';
import { type KeySource, readKeys } from '../../adapters/vault/key-source.ts';
import { openVault } from '../../adapters/vault/open-vault.ts';
import { keySourceOf, vaultSettings } from '../../adapters/vault/settings.ts';
import { hubLog } from './hub-log.ts';
import type { Log } from './log.ts';
import { deriveKey } from './key-derivation.ts';
import { serveSubgraph } from './serve-subgraph.ts';
import type { SubgraphModule } from './subgraph.ts';

const key = (description: string) => ({
  schema: z
    .string({ error: 'is required' })
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, from: npm run keys -- derive NAME'),
  secret: 'key' as const,
  description,
});

/** The environment variables of a subgraph that runs alone, beside its own. */
export const subgraphSettings = {
  HOST: { schema: setting.text('127.0.0.1'), description: 'address to listen on', shown: '127.0.0.1' },
  PORT: {
    schema: setting.integer({ min: 0, max: 65_535, fallback: 0 }),
    description: 'port to listen on; 0 = any free one',
    shown: '0',
  },
  ASSERTION_KEY: key("this subgraph's key, derived from the gateway's ASSERTION_SECRET"),
  SUBGRAPH_TIMEOUT_MS: {
    schema: setting.integer({ min: 100, max: 120_000, fallback: 10_000 }),
    description: 'deadline of one operation in milliseconds',
    shown: '10000',
  },
  ...observabilitySettings,
} satisfies SettingsTable;

/** Of a department's subgraph that runs alone: it knows its own key only. */
export const departmentKeySettings = {
  GRANT_KEY: key("this department's key, derived from the hub's GRANT_SECRET"),
} satisfies SettingsTable;

/** Of the person subgraph that runs alone: it signs every department's grants. */
const hubSecretSettings = {
  GRANT_SECRET: {
    schema: z.string({ error: 'is required' }).min(32),
    secret: 'key',
    description: 'the keys of all grants are derived from it',
  },
} satisfies SettingsTable;

/** Those of one of the hub's own subgraphs alone, beside its own. */
export const hubSettings = {
  ...hubSecretSettings,
  ...storeSettings,
  ...vaultSettings,
  AUDIT_SPOOL: auditSettings.AUDIT_SPOOL,
} satisfies SettingsTable;

/**
 * `node subgraphs/<name>/main.ts`: one subgraph alone, over HTTP, configured by environment. `kind` says whether it is a
 * department's (its own grant key) or the hub's own (the secret of all grants, and the store).
 */
export async function runSubgraph(module: SubgraphModule, { kind }: { kind: 'department' | 'hub' }): Promise<void> {
  // Whoever stops reading the log does not stop the subgraph.
  process.stdout.on('error', () => {});
  await start(module, kind).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    // At once: a connection to the database that is open by then would keep the process alive.
    process.exit(1);
  });
}

async function start(module: SubgraphModule, kind: 'department' | 'hub'): Promise<void> {
  if (isOver(module, kind)) return;
  const listening = readSettings({ ...subgraphSettings }, process.env);
  const service = readSettings(module.settings as Readonly<Record<string, never>>, process.env);
  const department = kind === 'department' ? readSettings(departmentKeySettings, process.env) : null;
  const hub = kind === 'hub' ? readSettings(hubSettings, process.env) : null;
  const source = hub === null ? null : await keySourceOf(hub.values, process.env);
  const read = [
    { table: subgraphSettings, ...listening },
    { table: module.settings, ...service },
    ...(department === null ? [] : [{ table: departmentKeySettings, ...department }]),
    ...(hub === null ? [] : [{ table: hubSettings, ...hub }]),
  ];
  const problems = [...startProblems(read, process.env)];
  if (hub !== null)
    problems.push(...storeTimeoutProblems(hub.values, listening.values), ...storeAccountProblems(hub.values));
  if (typeof source === 'string' && !problems.some((one) => one.startsWith('ENCRYPTION_KEYS'))) problems.push(source);
  if (problems.length > 0) {
    console.error(`The ${module.name} subgraph was not started; ${problems.length} problem(s) in its configuration:`);
    for (const problem of problems) console.error(`  ${problem}`);
    process.exitCode = 1;
    return;
  }
  const log = hubLog({ base: { subgraph: module.name } });
  const observability = await openObservability(listening.values, {
    service: `xinqiao-${module.name}`,
    foreseen: { served: [module.name], read: kind === 'department' ? [module.name] : [] },
    log,
  });
  const own =
    hub === null || source === null || typeof source === 'string' ? null : await hubsOwn(hub.values, { source, log });
  const subgraph = await module.create({
    settings: service.values,
    grantKey: (slug) =>
      hub === null ? keyOf(department?.values.GRANT_KEY ?? '') : deriveKey(hub.values.GRANT_SECRET, 'grant', slug),
    store: () => ownPart(own, 'store'),
    vault: () => ownPart(own, 'vault'),
    spool: () => ownPart(own, 'spool'),
    log,
  });
  const { HOST: host, PORT: port, SUBGRAPH_TIMEOUT_MS: timeoutMs, ASSERTION_KEY } = listening.values;
  const server = await serveSubgraph(subgraph, { host, port, timeoutMs, assertionKey: keyOf(ASSERTION_KEY), log });
  await observability.serve(subgraph.measures === undefined ? [] : [subgraph.measures]);
  log.info({ url: server.url, pid: process.pid }, 'the subgraph is ready');
  const stop = () =>
    void server
      .close()
      .finally(() => own?.close())
      .finally(() => observability.close())
      .then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Whether the command line asks for something else than to serve: for help, or for what there is not. */
function isOver(module: SubgraphModule, kind: 'department' | 'hub'): boolean {
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
    if (values.help) console.log(helpOf(module, kind));
    return values.help === true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
    return true;
  }
}

function helpOf({ name, settings }: SubgraphModule, kind: 'department' | 'hub'): string {
  const tables = { ...settings, ...subgraphSettings, ...(kind === 'hub' ? hubSettings : departmentKeySettings) };
  const lines = Object.entries<Setting<unknown>>(tables).map(
    ([variable, { secret, description }]) =>
      `  ${variable}${secret ? ` (or ${variable}_FILE)` : ''}\n      ${description}`,
  );
  return [
    `node subgraphs/${name}/main.ts   the subgraph ${name} alone, over HTTP, for the hub's gateway (docs/operating.md)`,
    '  --help   this text',
    'It answers POST /graphql, GET /livez and GET /readyz, and ends at SIGTERM when what is under way is answered.',
    'Environment (docs/configuration.md):',
    ...lines,
  ].join('\n');
}

/** What a subgraph of the hub alone has besides; the audit log is the gateway's. */
async function hubsOwn(values: Settings<typeof hubSettings>, { source, log }: { source: KeySource; log: Log }) {
  const ring = await readKeys(source);
  const store = await openStore(values, { answersRequests: true, log });
  const vault = openVault({ store, ring });
  const spool = openSpool(values.AUDIT_SPOOL);
  const following = followKeys(vault, { source, log });
  const close = async () => {
    await following.close();
    await spool.close();
    await store.close();
  };
  return { store, vault, spool, close };
}

type HubsOwn = Awaited<ReturnType<typeof hubsOwn>>;

function ownPart<Part extends keyof HubsOwn>(own: HubsOwn | null, part: Part): HubsOwn[Part] {
  if (own === null) throw new Error(`a department's subgraph has no ${part}`);
  return own[part];
}

function keyOf(hex: string): KeyObject {
  return createSecretKey(Buffer.from(hex, 'hex'));
}
