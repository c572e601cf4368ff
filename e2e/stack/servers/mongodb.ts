/**
 * SecantusDB: a server that speaks MongoDB's protocol and shows itself as the primary of a replica set of one. A test tool
 * (GPL-2.0-only, beta), no part of the hub; it shows no elections, no replication lag, no rollback.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from './cache-folder.ts';
import { debianProgram } from './debian-packages.ts';
import { freePorts } from './free-ports.ts';

const VERSION = '0.7.0b3';
/** Pinned, as they were tried together. */
const PACKAGES = [
  `SecantusDB==${VERSION}`,
  'dnspython==2.9.2',
  'future==1.0.0',
  'numpy==2.4.6',
  'pymongo==4.20.0',
  'python-dateutil==4.0.0',
  's2sphere==0.2.5',
  'shapely==2.2.0',
  'tzdata==2026.6',
];
/** Debian's Python comes without what makes an environment of its own. */
const VENV = { name: 'Python', packages: ['python3-venv'], program: '/usr/lib/python3*/ensurepip/__init__.py' };
const OPTIONS = ['--enable-test-commands', '--log-level', 'WARNING'];
const READY_WITHIN_MS = 60_000;
const BY_HAND =
  'By hand: Python 3.11 or later with venv and pip, and a package index that pip can reach; or a real MongoDB replica set: ' +
  'XINQIAO_TEST_MONGODB_URL=mongodb://…';

export interface MongodbServer {
  /** Without a database: `mongodb://127.0.0.1:PORT/`. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/**
 * Finds the server in the cache folder, or puts it there by pip, whole or not at all; a Python that cannot do that is
 * mended first. Answers its Python.
 * @public
 */
export async function installMongodb(): Promise<string> {
  const home = join(cacheFolder(), `secantusdb-${VERSION}`);
  const python = join(home, 'bin/python');
  if (existsSync(python)) return python;
  if (spawnSync('python3', ['-c', 'import ensurepip, venv']).status !== 0) await debianProgram(VENV);
  mkdirSync(cacheFolder(), { recursive: true });
  const half = mkdtempSync(`${home}-`);
  console.error(`SecantusDB ${VERSION}: being installed into ${home}`);
  try {
    await run('python3', ['-m', 'venv', half]);
    await run(join(half, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...PACKAGES]);
    renameSync(half, home);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(python)) throw error;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return python;
}

/**
 * Starts it on loopback with its data in `folder`, which need not be there. Without `syncOnCommit` only what is written with
 * `j: true` is on the disk.
 */
export async function startMongodb({
  folder,
  port,
  syncOnCommit = true,
  arguments: more = [],
}: {
  readonly folder: string;
  readonly port?: number;
  readonly syncOnCommit?: boolean;
  readonly arguments?: readonly string[];
}): Promise<MongodbServer> {
  const python = await installMongodb();
  const [free = 0] = port === undefined ? await freePorts(1) : [port];
  mkdirSync(folder, { recursive: true });
  const options = ['--host', '127.0.0.1', '--port', String(free), '--storage-path', folder, ...OPTIONS];
  // It reads a configuration from the folder that it is started in, so that is one of its own.
  const child = spawn(
    python,
    // Not the script beside it: that names the folder in which it was installed.
    [
      '-c',
      'import sys; from secantus.cli import main; sys.exit(main())',
      ...options,
      ...(syncOnCommit ? ['--sync-on-commit'] : []),
      ...more,
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.splice(0, Math.max(0, said.length - 50), text));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  try {
    await listening(child, free);
  } catch (cause) {
    await end('SIGKILL');
    throw new Error(`SecantusDB did not start: ${said.join('').slice(-2_000)}`, { cause });
  }
  return {
    url: `mongodb://127.0.0.1:${free}/`,
    pid: child.pid ?? 0,
    stop: async () => end('SIGTERM'),
    kill: async () => end('SIGKILL'),
  };
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(50)) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (await answers(port)) return;
  }
  throw new Error(`nothing listens on port ${port} after ${READY_WITHIN_MS / 1_000} s`);
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answered = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return answered;
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise<unknown>((resolve) => {
    child.once('error', resolve);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`SecantusDB was not installed: "${[command, ...args].join(' ')}" failed. ${BY_HAND}`);
}
