import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DeploymentEntry, readDeployment } from '../../schema/departments.ts';
import { hubArguments } from '../harness/hub-arguments.ts';
import { personIdsOf } from '../harness/person-ids.ts';
import { seedStore, type Stack } from '../harness/start-stack.ts';
import { trustSettings } from '../harness/trust-settings.ts';
import { until } from '../harness/until.ts';
import { startSystems } from '../systems/start.ts';
import { createWorld } from '../systems/world/world.ts';
import { type KeptProcess, keptProcess } from './kept-process.ts';
import { type KeycloakSignIn, startKeycloakSignIn } from './keycloak-sign-in.ts';
import type { Part } from './part.ts';
import { type HubSecrets, subgraphApart } from './programs-apart.ts';
import { freePorts } from './servers/free-ports.ts';
import { startHaproxy } from './servers/haproxy.ts';
import { movedTime } from './servers/moved-time.ts';
import { storeServer } from './store-server.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const MOVED_CLOCK = ['--import', inProject('e2e/harness/moved-clock.ts')];

/** The hub as it runs on several machines, every part in a process of its own; what `Stack` says holds here as well. */
export interface Topology extends Stack {
  readonly gateways: readonly KeptProcess[];
  /** By name, those of the hub and those of the departments. */
  readonly subgraphs: ReadonlyMap<string, KeptProcess>;
  readonly signIn: KeycloakSignIn;
  /** Starts another process of one of these subgraphs beside it; nobody asks it before something leads there. */
  secondOf(subgraph: string): Promise<KeptProcess>;
  /** Everything that may be killed, by name; gateways and subgraphs among it, `sign-in`, and `store` where it is ours. */
  readonly parts: ReadonlyMap<string, Part>;
}

export interface TopologyOptions {
  readonly people?: number;
  readonly wholeDirectory?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Where something is reached in place of its own address: a gateway from the balancer, a subgraph from the gateways,
   * `store` and `sign-in` from all, `<gateway or subgraph>-store` the store from that one, `<department>-system` from its
   * adapter.
   */
  readonly through?: (name: string, url: string) => Promise<string>;
  /** Every line that one of the hub's programs writes. */
  readonly heard?: (line: string) => void;
  readonly say?: (line: string) => void;
}

/**
 * Starts on loopback what `docker-compose.yml` starts on several machines: Keycloak, the store's server, six sample
 * departmental systems, every subgraph, two gateways, and the load balancer before them, which callers ask.
 */
export async function startTopology({
  people,
  wholeDirectory = false,
  environment: changes = {},
  through = async (_name, url) => url,
  heard = () => {},
  say = () => {},
}: TopologyOptions = {}): Promise<Topology> {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-stack-'));
  // The store's disk is memory where there is such a place: `fsync` takes no time there, and what it shows of a server that
  // is killed is the same. A loss of power is not shown by it.
  const inMemory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'xinqiao-stack-'));
  const opened: (() => Promise<unknown>)[] = [];
  const keep = async <T>(starting: Promise<T>, end: (started: T) => Promise<unknown>): Promise<T> => {
    const started = await starting;
    opened.push(async () => end(started));
    return started;
  };
  const close = async () => {
    for (const end of opened.toReversed()) await end().catch(() => undefined);
    for (const one of [folder, inMemory]) rmSync(one, { recursive: true, force: true });
  };
  try {
    const world = createWorld({ ...(people !== undefined && { people }) });
    const clock = join(folder, 'clock');
    writeFileSync(clock, '0');
    const time = await movedTime(folder);
    const seeded = async () => {
      const [mongodb, systems] = await allOrNothing([
        keep(storeServer({ folder: inMemory }), (server) => server.stop()),
        keep(startSystems({ people: world.people.length, seed: world.seed }), (started) => started.close()),
      ]);
      const settings = {
        ...(await reachedThrough(systems.settings, through)),
        ...trustSettings(folder),
        STORE_URL: await through('store', mongodb.url),
        PERSON_ID_PEPPER: `demo-${secret()}`,
        MOVED_CLOCK_FILE: clock,
        ...changes,
      };
      await seedStore(world, { folder, environment: settings, inCare: undefined, wholeDirectory });
      return { mongodb, systems, settings };
    };
    say('starting Keycloak; putting people and services into a store on MongoDB');
    const personIds = personIdsOf(world);
    const [signIn, { mongodb, systems, settings }] = await allOrNothing([
      keep(
        startKeycloakSignIn({
          folder: made(folder, 'sign-in'),
          through: async (url) => through('sign-in', url),
          personIds,
          environment: time.environment,
        }),
        (one) => one.close(),
      ),
      seeded(),
    ]);
    const secrets: HubSecrets = { GRANT_SECRET: secret(), ASSERTION_SECRET: secret() };
    const environment = { ...settings, OIDC_ISSUER: signIn.issuer };
    const entries = readDeployment();
    const ports = await freePorts(entries.length + GATEWAYS.length);
    say(`starting ${entries.length} subgraphs`);
    const ownStore = async (name: string) => ({ STORE_URL: await through(`${name}-store`, environment.STORE_URL) });
    const startSubgraph = async (
      entry: DeploymentEntry,
      { name = entry.name, port }: { name?: string; port: number },
    ) => {
      const own = { ...environment, ...(await ownStore(name)), AUDIT_SPOOL: join(folder, `${name}-spool.jsonl`) };
      const place = { name, port, nodeArguments: MOVED_CLOCK, heard };
      return keep(subgraphApart({ entry, secrets, environment: own, ...place }), (one) => one.end());
    };
    const subgraphs = await allOrNothing(
      entries.map(async (entry, i) => startSubgraph(entry, { port: ports[i] ?? 0 })),
    );
    const DEPLOYMENT_FILE = await deploymentIn(folder, { entries, subgraphs, through });
    say(`starting ${GATEWAYS.length} gateways and the load balancer`);
    const gateways = await allOrNothing(
      GATEWAYS.map(async (name, i) =>
        keep(
          keptProcess({
            name,
            arguments: [...MOVED_CLOCK, ...hubArguments('start:small')],
            environment: {
              ...environment,
              ...(await ownStore(name)),
              ...secrets,
              OIDC_CLIENT_SECRET: signIn.secretOf('hub-api'),
              DEPLOYMENT_FILE,
              ...ofItsOwn(folder, name),
            },
            port: ports[entries.length + i] ?? 0,
            heard,
          }),
          (one) => one.end(),
        ),
      ),
    );
    await until(async () => await allReady(gateways), { withinMs: 60_000 });
    const [first = '', second = ''] = await Promise.all(
      gateways.map(async ({ name, url }) => new URL(await through(name, url)).host),
    );
    const balancer = await keep(
      startHaproxy({ folder, gateways: [first, second], hubHost: '127.0.0.1', certificate: certificate() }),
      (server) => server.stop(),
    );
    await signIn.admin.changeClient('hub-console', { attributes: { 'backchannel.logout.url': balancer.signOutUrl } });
    const gateway = `${balancer.url}/graphql`;
    // It asks each gateway twice before it sends it anybody.
    await until(async () => (await fetch(new URL('/schema.graphql', gateway))).status === 200);
    return {
      gateway,
      signIn,
      systems,
      world,
      hubPid: gateways[0]?.pid ?? 0,
      folder,
      moveClock: (aheadMs) => {
        writeFileSync(clock, String(aheadMs));
        time.move(aheadMs);
      },
      environment: { ...environment, ...ofItsOwn(folder, GATEWAYS[0]) },
      gateways,
      subgraphs: new Map(subgraphs.map((one) => [one.name, one])),
      secondOf: async (name) => {
        const entry = entries.find((one) => one.name === name);
        if (entry === undefined) throw new Error(`no subgraph is called ${name}`);
        const [port = 0] = await freePorts(1);
        return startSubgraph(entry, { name: `${name}-2`, port });
      },
      parts: new Map(
        [...gateways, ...subgraphs, ...(mongodb.part === null ? [] : [mongodb.part]), signIn].map((one) => [
          one.name,
          one,
        ]),
      ),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of the load balancer; `npm run test:stack` makes it before this process starts, which trusts it from its start on. */
function certificate(): string {
  const file = process.env['NODE_EXTRA_CA_CERTS'];
  if (file === undefined)
    throw new Error('no certificate of the load balancer is trusted; start with npm run test:stack');
  return readFileSync(file, 'utf8');
}

async function allReady(gateways: readonly KeptProcess[]): Promise<boolean> {
  const asked = gateways.map(async ({ url }) => (await fetch(new URL('/readyz', url))).ok);
  return (await Promise.all(asked)).every(Boolean);
}

const GATEWAYS = ['gateway-1', 'gateway-2'] as const;
const secret = () => randomBytes(32).toString('hex');

function made(folder: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

/** What no two gateways on one store may share. */
function ofItsOwn(folder: string, name: string) {
  return {
    AUDIT_WRITER: name,
    AUDIT_CHECKPOINTS: `file:${join(folder, `${name}-checkpoints.jsonl`)}`,
    AUDIT_SPOOL: join(folder, `${name}-spool.jsonl`),
  };
}

interface Deployed {
  readonly entries: readonly DeploymentEntry[];
  readonly subgraphs: readonly KeptProcess[];
}

async function deploymentIn(
  folder: string,
  { entries, subgraphs, through }: Required<Pick<TopologyOptions, 'through'>> & Deployed,
): Promise<string> {
  const file = join(folder, 'deployment.json');
  const apart = await Promise.all(
    entries.map(async ({ module: _module, ...entry }, i) => ({
      ...entry,
      url: await through(entry.name, subgraphs[i]?.url ?? ''),
      batches: true,
    })),
  );
  writeFileSync(file, JSON.stringify(apart));
  return file;
}

/** The departments' addresses, `JUSTICE_URL` and the like. */
async function reachedThrough(
  settings: Readonly<Record<string, string>>,
  through: NonNullable<TopologyOptions['through']>,
): Promise<Readonly<Record<string, string>>> {
  const changed = Object.entries(settings).map(async ([name, value]) => {
    const [, department] = /^(.+)_URL$/.exec(name) ?? [];
    const url = department === undefined ? value : await through(`${department.toLowerCase()}-system`, value);
    return [name, url] as const;
  });
  return Object.fromEntries(await Promise.all(changed));
}

/** Waits for all, also when one fails, so that everything that was started is known before it is ended. */
async function allOrNothing<T extends readonly unknown[]>(starting: {
  [K in keyof T]: Promise<T[K]>;
}): Promise<T> {
  await Promise.allSettled(starting);
  return Promise.all(starting);
}
