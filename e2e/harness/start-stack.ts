import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type SignInProcess, startSignIn } from '../sign-in/start.ts';
import { type RunningSystems, startSystems } from '../systems/start.ts';
import type { World } from '../systems/world/model.ts';
import { createWorld } from '../systems/world/world.ts';
import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import { careSeed } from './care-seed.ts';
import { directorySeed } from './directory-seed/directory-seed.ts';
import { hubArguments } from './hub-arguments.ts';
import { personIdsOf } from './person-ids.ts';
import { startProcess } from './start-process.ts';
import { trustSettings } from './trust-settings.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const run = promisify(execFile);

/** Not the whole project: the store lies in `data/` and changes all the time. */
const WATCHING = [
  '--watch',
  '--watch-preserve-output',
  ...['gateway', 'subgraphs', 'adapters', 'schema'].map((folder) => `--watch-path=${inProject(folder)}`),
];

/** Not of the program: of the Node that runs it. */
const MOVED_CLOCK = ['--import', inProject('e2e/harness/moved-clock.ts')];

export interface Stack {
  /** `http://…/graphql` */
  readonly gateway: string;
  readonly signIn: SignInProcess;
  readonly systems: RunningSystems;
  readonly world: World;
  /** Of the hub's process. */
  readonly hubPid: number;
  /** Where the store and the checkpoints of the audit log are. */
  readonly folder: string;
  /** Moves the clocks of hub and sign-in server ahead of the real time; the departments' systems know nothing of it. */
  moveClock(aheadMs: number): void;
  /** The hub's environment, for starting another part of it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface StackOptions {
  readonly people?: number;
  readonly seed?: number;
  /** How many of them are in care, at most. */
  readonly inCare?: number;
  /** The service directory has the numbers of a real district; else those towns only that the people live in. */
  readonly wholeDirectory?: boolean;
  /** 0, the default, takes any free port. */
  readonly ports?: { readonly gateway: number; readonly signIn: number; readonly systemsBase: number };
  /** The hub starts anew when its sources or its schema change. */
  readonly watch?: boolean;
  /** The hub with little memory, as on a laptop. */
  readonly small?: boolean;
  /** Further environment variables of the hub. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Another sign-in server than that of the demo; it knows nothing of `moveClock`. */
  readonly signIn?: (options: Required<Parameters<typeof startSignIn>>[0]) => Promise<SignInProcess>;
  /** Every line that the hub writes. */
  readonly heard?: (line: string) => void;
}

/** The whole as a user runs it: sample systems, sign-in server and hub in processes of their own, people in care. */
export async function startStack({
  people,
  seed,
  inCare,
  wholeDirectory = false,
  ports,
  watch = false,
  small = false,
  environment = {},
  signIn: signInOf = startSignIn,
  heard = () => {},
}: StackOptions = {}): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-'));
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    await Promise.allSettled(opened.toReversed().map((end) => end()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const world = createWorld({ ...(people !== undefined && { people }), ...(seed !== undefined && { seed }) });
    const own = {
      // The people are put into it before the hub starts.
      STORE_URL: environment['STORE_URL'] ?? `sqlite:${join(folder, 'hub.db')}`,
      PERSON_ID_PEPPER: `demo-${randomBytes(32).toString('hex')}`,
      ...trustSettings(folder),
    };
    const clock = join(folder, 'clock');
    writeFileSync(clock, '0');
    const clocked = { MOVED_CLOCK_FILE: clock };
    const starting = [
      keeping(
        opened,
        startSystems({ people: world.people.length, seed: world.seed, portBase: ports?.systemsBase ?? 0 }),
      ),
      keeping(
        opened,
        signInOf({
          port: ports?.signIn ?? 0,
          personIds: personIdsOf(world),
          nodeArguments: MOVED_CLOCK,
          environment: clocked,
        }),
      ),
      seedStore(world, { folder, environment: { ...own, ...environment }, inCare, wholeDirectory }),
    ] as const;
    // What still starts while its neighbour fails must be ended too.
    await Promise.allSettled(starting);
    const [systems, signIn] = await Promise.all(starting);
    const hubEnvironment = {
      ...systems.settings,
      ...own,
      OIDC_ISSUER: signIn.issuer,
      OIDC_CLIENT_SECRET: secretOfHub(signIn),
      PORT: String(ports?.gateway ?? 0),
      ...clocked,
      ...environment,
    };
    const hub = await startProcess({
      arguments: [...(watch ? WATCHING : []), ...MOVED_CLOCK, ...hubArguments(small ? 'start:small' : 'start')],
      environment: hubEnvironment,
      ready: hubReady,
      heard,
    });
    opened.push(() => hub.end());
    return {
      gateway: hub.url,
      signIn,
      systems,
      world,
      hubPid: hub.pid,
      environment: hubEnvironment,
      folder,
      moveClock: (aheadMs) => writeFileSync(clock, String(aheadMs)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function secretOfHub({ clients }: SignInProcess): string {
  return clients.find(({ clientId }) => clientId === 'hub-api')?.clientSecret ?? '';
}

/** What has been started is ended even if its neighbour fails to start. */
async function keeping<T extends { close(): Promise<void> }>(
  opened: (() => Promise<unknown>)[],
  starting: Promise<T>,
): Promise<T> {
  const started = await starting;
  opened.push(() => started.close());
  return started;
}

/** Puts people in care and the service directory into the store that `environment` names (`STORE_URL`, `PERSON_ID_PEPPER`). */
export async function seedStore(
  world: World,
  {
    folder,
    environment,
    inCare,
    wholeDirectory = false,
  }: {
    folder: string;
    environment: Record<string, string>;
    inCare: number | undefined;
    wholeDirectory?: boolean;
  },
): Promise<void> {
  const persons = careSeed(world, inCare === undefined ? {} : { atMost: inCare });
  const directory = directorySeed(world, { whole: wholeDirectory, today: shanghaiDay(Date.now()) });
  // One after the other: the embedded store belongs to one process.
  for (const [subgraph, seed] of Object.entries({ person: persons, directory }))
    await seedSubgraph(subgraph, seed, { folder, environment });
}

/** What is there already stays as it is. */
export async function seedSubgraph(
  subgraph: string,
  seed: object,
  { folder, environment }: { folder: string; environment: Readonly<Record<string, string>> },
): Promise<void> {
  const file = join(folder, `${subgraph}-seed.json`);
  writeFileSync(file, JSON.stringify(seed));
  await run(process.execPath, [inProject(`subgraphs/${subgraph}/seed/main.ts`), '--file', file], {
    env: { ...process.env, ...environment },
  });
  rmSync(file);
}

const readyLine = z.object({ url: z.url(), msg: z.literal('the hub is ready') });

function hubReady(line: string): string | null {
  if (!line.startsWith('{')) return null;
  const parsed = readyLine.safeParse(JSON.parse(line));
  return parsed.success ? parsed.data.url : null;
}
