import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeploymentEntry, readDeployment } from '../../schema/departments.ts';
import { deriveKey } from '../../subgraphs/shared/key-derivation.ts';
import { type RunningProcess, startProcess } from '../harness/start-process.ts';
import { seedStore, type Stack } from '../harness/start-stack.ts';
import { HUB_FLAGS, inProject, keptProcesses, keptStack, readyUrl } from './kept-processes.ts';
import { ownStore } from './own-store.ts';

/** One way to answer the profile query, in a process of its own. */
export interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** The processes of its subgraphs, where they are not its own. */
  readonly subgraphPids: readonly number[];
  /** Whether its subgraphs ask the departments' systems. */
  readonly asksSystems: boolean;
}

export interface Contest {
  readonly stack: Stack;
  readonly contestants: readonly Contestant[];
  /** How many answers the stand-in for the subgraphs holds; grows when somebody asks it what nobody asked before. */
  recorded(): Promise<number>;
  close(): Promise<void>;
}

const SUPERGRAPH = inProject('schema/generated/supergraph.graphql');
/** With the flags of `npm start`, Apollo's own server too: what differs is not the garbage collector. */
const isGateway = (file: string) => file.startsWith('gateway/') || file.startsWith('e2e/bench/plain-gateway/');

const secrets = () => ({
  GRANT_SECRET: randomBytes(32).toString('hex'),
  ASSERTION_SECRET: randomBytes(32).toString('hex'),
});

/**
 * Starts all contestants side by side: the hub with its subgraphs embedded; the hub with each subgraph in a process of
 * its own; and on one stand-in for the subgraphs the hub, the hub's anonymous mode and Apollo's own server.
 */
export async function startContest(people: number): Promise<Contest> {
  const { folder, keep, close } = keptProcesses();
  try {
    const environment = secrets();
    const stack = await keptStack(keep, { people, environment });
    const start: Start = async (file, { given = [], environment: own = {} } = {}) =>
      keep(
        startProcess({
          arguments: [...(isGateway(file) ? HUB_FLAGS : []), inProject(file), ...given],
          environment: { ...stack.environment, ...ownStore(folder), ...own },
          ready: readyUrl,
        }),
      );
    const { contestants, recorded } = await startOthers({ folder, environment, start, stack });
    const embedded = { name: 'hub, subgraphs embedded', url: stack.gateway, pid: stack.hubPid, subgraphPids: [] };
    return { stack, contestants: [{ ...embedded, asksSystems: true }, ...contestants], recorded, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Start = (
  file: string,
  how?: { given?: readonly string[]; environment?: Readonly<Record<string, string>> },
) => Promise<RunningProcess>;

interface Starting {
  readonly folder: string;
  readonly environment: ReturnType<typeof secrets>;
  readonly start: Start;
  readonly stack: Stack;
}

async function startOthers(starting: Starting) {
  const { start, folder } = starting;
  const deployment = readDeployment();
  const subgraphs = await startSubgraphs(deployment, starting);
  const urls = Object.fromEntries(subgraphs.map(({ name, url }) => [name, url]));
  const replay = await start('e2e/bench/replay-subgraphs/main.ts', { given: [JSON.stringify(urls)] });
  const replayed = Object.fromEntries(deployment.map(({ name }) => [name, `${replay.url}/${name}/graphql`]));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, withAddresses(readFileSync(SUPERGRAPH, 'utf8'), replayed));
  const hubOver = async (label: string, addresses: Readonly<Record<string, string>>) => {
    const file = join(folder, `${label}.json`);
    const entries = deployment.map((entry) => ({ ...entry, module: undefined, url: addresses[entry.name] }));
    writeFileSync(file, JSON.stringify(entries));
    return start('gateway/main.ts', { environment: { DEPLOYMENT_FILE: file } });
  };
  const [remote, standIn, anonymous, plain] = await Promise.all([
    hubOver('remote', urls),
    hubOver('stand-in', replayed),
    start('gateway/main.ts', { given: ['--supergraph', supergraph, '--anonymous', '--port', '0'] }),
    start('e2e/bench/plain-gateway/main.ts', { given: [supergraph] }),
  ]);
  const onStandIn = { subgraphPids: [replay.pid], asksSystems: false };
  const apart = { subgraphPids: subgraphs.map(({ pid }) => pid), asksSystems: true };
  const contestants: readonly Contestant[] = [
    { name: 'hub, subgraphs over HTTP', ...remote, ...apart },
    { name: 'hub, stand-in subgraphs', ...standIn, ...onStandIn },
    { name: 'anonymous mode, stand-in subgraphs', ...anonymous, ...onStandIn },
    { name: 'ApolloGateway alone, stand-in subgraphs', ...plain, ...onStandIn },
  ];
  return { contestants, recorded: async () => Number(await (await fetch(`${replay.url}/recorded`)).text()) };
}

/** Each of the deployment in a process of its own, with the keys that are its own; the hub's own with the people in care. */
async function startSubgraphs(deployment: readonly DeploymentEntry[], { start, folder, environment, stack }: Starting) {
  const { GRANT_SECRET, ASSERTION_SECRET } = environment;
  const { PERSON_ID_PEPPER = '' } = stack.environment;
  const withPeople = { ...ownStore(folder), PERSON_ID_PEPPER };
  await seedStore(stack.world, { folder, environment: withPeople, inCare: stack.world.people.length });
  return Promise.all(
    deployment.map(async ({ name, department }) => {
      const key = (use: 'grant' | 'assertion', secret: string) => deriveKey(secret, use, name).export().toString('hex');
      const started = await start(`subgraphs/${name}/main.ts`, {
        environment: {
          // A store serves one process: alone, only the person subgraph has people in its own.
          ...(name === 'person' && withPeople),
          ASSERTION_KEY: key('assertion', ASSERTION_SECRET),
          ...(department === undefined ? { GRANT_SECRET } : { GRANT_KEY: key('grant', GRANT_SECRET) }),
        },
      });
      return { name, ...started };
    }),
  );
}

/** The supergraph as composed says that subgraphs are in the process: here each is at an address. */
function withAddresses(sdl: string, urls: Readonly<Record<string, string>>): string {
  return sdl.replaceAll(/@join__graph\(name: "([^"]+)", url: "[^"]*"\)/g, (_, name: string) => {
    return `@join__graph(name: "${name}", url: "${urls[name] ?? ''}")`;
  });
}
