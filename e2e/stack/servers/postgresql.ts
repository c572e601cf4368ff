import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { debianProgram } from './debian-packages.ts';
import { freePorts } from './free-ports.ts';
import { keptPassword } from './kept-password.ts';
import { newDataFolder, type ServerProcess, startServer, unprivileged } from './server-process.ts';

const run = promisify(execFile);

export interface DatabaseServer extends ServerProcess {
  readonly port: number;
  /** Who may do everything. */
  readonly operator: { readonly user: string; readonly password: string };
}

export interface DatabaseOptions {
  readonly folder: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
}

/**
 * The program `postgres` of the newest PostgreSQL of this machine.
 * @public
 */
export async function installPostgresql(): Promise<string> {
  return debianProgram({
    name: 'PostgreSQL',
    packages: ['postgresql'],
    program: '/usr/lib/postgresql/*/bin/postgres',
  });
}

/** PostgreSQL on 127.0.0.1, with its data in `folder`; the second start on a folder finds them. */
export async function startPostgresql({ folder, port: wanted = 0 }: DatabaseOptions): Promise<DatabaseServer> {
  const program = await installPostgresql();
  const operator = { user: 'operator', password: keptPassword(join(folder, 'postgresql-password')) };
  const data = join(folder, 'postgresql');
  const made = newDataFolder(folder, 'postgresql');
  if (made !== null) await newCluster(made, { program, ...operator });
  const [free = 0] = await freePorts(1);
  const port = wanted === 0 ? free : wanted;
  const server = await startServer({
    program,
    // Its sockets go into the data folder: /run belongs to Debian's own cluster.
    arguments: ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', data],
    isReady: (line) => line.includes('ready to accept connections'),
    // At once, whoever is connected; at SIGTERM it would wait for them.
    stopSignal: 'SIGINT',
  });
  return { ...server, port, operator };
}

interface Cluster {
  readonly program: string;
  readonly user: string;
  readonly password: string;
}

async function newCluster(data: string, { program, user, password }: Cluster): Promise<void> {
  const passwordFile = `${data}-initial`;
  writeFileSync(passwordFile, password, { mode: 0o644 });
  try {
    await run(
      join(dirname(program), 'initdb'),
      ['-D', data, '-U', user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C.UTF-8'],
      { cwd: data, ...unprivileged },
    );
  } finally {
    rmSync(passwordFile);
  }
}
