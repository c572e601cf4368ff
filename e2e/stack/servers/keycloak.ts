import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Realm } from '../../../schema/keycloak/realm-representation.ts';
import { freePorts } from './free-ports.ts';
import { installKeycloak } from './install-keycloak.ts';
import { keptPassword } from './kept-password.ts';

export interface KeycloakOptions {
  /** Where its data, its log and its home are. */
  readonly folder: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Where others reach it, and what stands in its tokens; its own address unless something lies between. */
  readonly publicUrl?: string;
  /** Put there at the first start; a realm that exists is not imported again. */
  readonly realm: Realm;
  readonly readyWithinMs?: number;
  /** Further environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface RunningKeycloak {
  /** E.g. `http://127.0.0.1:18080`. */
  readonly url: string;
  /** Of the realm. */
  readonly issuer: string;
  readonly pid: number;
  /** Of the realm `master`. */
  readonly admin: { readonly username: string; readonly password: string };
  stop(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** One compiler, one collector: half the work at the start, and 200 MB less. */
const SMALL = [
  '-Xms64m',
  '-Xmx512m',
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-XX:MaxMetaspaceSize=256m',
  '-Dfile.encoding=UTF-8',
  '-Djava.security.egd=file:/dev/urandom',
];
/** As its own script starts it: Quarkus, JBoss Threads and Infinispan reach into the JDK. */
const OPENED = [
  ...['java.util', 'java.util.concurrent', 'java.security', 'java.lang'].map(
    (name) => `--add-opens=java.base/${name}=ALL-UNNAMED`,
  ),
  '--enable-native-access=ALL-UNNAMED',
  '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
  '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
  '-Dpicocli.disable.closures=true',
];

/** A real Keycloak on 127.0.0.1, without its script: so that the process is Java itself and its pid is known. */
export async function startKeycloak({
  folder,
  port: wanted = 0,
  publicUrl,
  realm,
  readyWithinMs = 180_000,
  environment = {},
}: KeycloakOptions): Promise<RunningKeycloak> {
  const installed = await installKeycloak();
  const home = homeIn(folder, { installed, realm });
  const [free = 0, management = 0] = await freePorts(2);
  const port = wanted === 0 ? free : wanted;
  const url = `http://127.0.0.1:${port}`;
  const admin = { username: 'operator', password: keptPassword(join(folder, 'operator-password')) };
  const log = join(folder, 'keycloak.log');
  const output = openSync(log, 'a');
  const { PATH = '', HOME = '', JAVA_HOME } = process.env;
  const child = spawn(JAVA_HOME === undefined ? 'java' : join(JAVA_HOME, 'bin', 'java'), javaArguments(), {
    stdio: ['ignore', output, output],
    env: {
      PATH,
      HOME,
      KC_BOOTSTRAP_ADMIN_USERNAME: admin.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
      ...environment,
    },
  });
  await ready(child, `http://127.0.0.1:${management}/health/ready`, { log, readyWithinMs });
  return {
    url,
    issuer: `${publicUrl ?? url}/realms/${realm.realm}`,
    pid: child.pid ?? 0,
    admin,
    stop: async () => ended(child, 'SIGTERM'),
    kill: async () => ended(child, 'SIGKILL'),
  };

  function javaArguments(): readonly string[] {
    const places = [`-Dkc.home.dir=${home}`, `-Djboss.server.config.dir=${join(home, 'conf')}`];
    const program = ['-cp', join(home, 'lib', 'quarkus-run.jar'), 'io.quarkus.bootstrap.runner.QuarkusEntryPoint'];
    const door = [
      '--http-enabled=true',
      '--http-host=127.0.0.1',
      `--http-port=${port}`,
      `--hostname=${publicUrl ?? url}`,
    ];
    const start = ['start', '--optimized', '--import-realm', '--cache=local', `--http-management-port=${management}`];
    return [...SMALL, ...OPENED, ...places, ...program, ...start, ...door];
  }
}

/** Its programs are the installed ones; data and what is imported are its own. */
function homeIn(folder: string, { installed, realm }: { installed: string; realm: Realm }): string {
  const home = join(folder, 'keycloak');
  const imported = join(home, 'data', 'import');
  if (existsSync(home)) return home;
  mkdirSync(imported, { recursive: true });
  for (const part of ['bin', 'conf', 'lib', 'providers', 'themes'])
    symlinkSync(join(installed, part), join(home, part));
  writeFileSync(join(imported, `${realm.realm}-realm.json`), JSON.stringify(realm), { mode: 0o600 });
  return home;
}

async function ready(
  child: ChildProcess,
  address: string,
  { log, readyWithinMs }: { log: string; readyWithinMs: number },
): Promise<void> {
  const end = Date.now() + readyWithinMs;
  // Without a listener a program that is not there would end this process.
  const failed = once(child, 'exit').then(
    () => 'it ended',
    (cause: unknown) => String(cause),
  );
  for (let why: string | null = null; !(await answers(address)); why = await Promise.race([failed, pause(250, null)])) {
    if (why === null && Date.now() <= end) continue;
    await ended(child, 'SIGKILL');
    const said = readFileSync(log, 'utf8').slice(-4_000);
    throw new Error(`Keycloak did not start (${why ?? `not ready after ${readyWithinMs} ms`}):\n${said}`);
  }
}

async function answers(address: string): Promise<boolean> {
  const response = await fetch(address, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
  await response?.body?.cancel();
  return response?.status === 200;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
