import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { debianProgram } from './debian-packages.ts';
import { freePorts } from './free-ports.ts';
import { keptPassword } from './kept-password.ts';
import type { DatabaseOptions, DatabaseServer } from './postgresql.ts';
import { newDataFolder, startServer, unprivileged } from './server-process.ts';

/** Where the package has what makes the system tables. */
const SYSTEM_TABLES = ['mysql_system_tables', 'mysql_performance_tables', 'mysql_system_tables_data'].map(
  (name) => `/usr/share/mysql/${name}.sql`,
);
const SMALL = ['--innodb-log-file-size=16M', '--innodb-buffer-pool-size=32M', '--performance-schema=off'];

export interface MariaDbOptions extends DatabaseOptions {
  /** Files in PEM; without them it speaks in plain text only. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/**
 * The program `mariadbd`, without the service that the whole package would set up.
 * @public
 */
export async function installMariaDb(): Promise<string> {
  return debianProgram({
    name: 'MariaDB',
    packages: ['mariadb-server-core'],
    program: '/usr/sbin/mariadbd',
  });
}

/** MariaDB on 127.0.0.1, with its data in `folder`; the second start on a folder finds them. */
export async function startMariaDb({ folder, port: wanted = 0, tls }: MariaDbOptions): Promise<DatabaseServer> {
  const program = await installMariaDb();
  const operator = { user: 'operator', password: keptPassword(join(folder, 'mariadb-password')) };
  const data = join(folder, 'mariadb');
  const made = newDataFolder(folder, 'mariadb');
  if (made !== null) await newSystemTables(made, { program, ...operator });
  const [free = 0] = await freePorts(1);
  const port = wanted === 0 ? free : wanted;
  const server = await startServer({
    program,
    arguments: [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(data, 'socket')}`,
      `--pid-file=${join(data, 'pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--skip-name-resolve',
      ...SMALL,
      ...(tls === undefined ? [] : [`--ssl-cert=${tls.certificate}`, `--ssl-key=${tls.key}`]),
    ],
    isReady: (line) => line.includes('ready for connections'),
  });
  return { ...server, port, operator };
}

interface Tables {
  readonly program: string;
  readonly user: string;
  readonly password: string;
}

/** As the package's own script does, which needs programs of the client's package. The only account is the operator's. */
async function newSystemTables(data: string, { program, user, password }: Tables): Promise<void> {
  const account = `'${user}'@'127.0.0.1'`;
  const statements = [
    'CREATE DATABASE mysql;',
    'USE mysql;',
    ...SYSTEM_TABLES.map((file) => readFileSync(file, 'utf8')),
    "DELETE FROM global_priv WHERE User IN ('', 'root');",
    'FLUSH PRIVILEGES;',
    `CREATE USER ${account} IDENTIFIED BY '${password}';`,
    `GRANT ALL ON *.* TO ${account} WITH GRANT OPTION;`,
  ].join('\n');
  const child = spawn(program, ['--no-defaults', '--bootstrap', `--datadir=${data}`, '--skip-networking', ...SMALL], {
    stdio: ['pipe', 'ignore', 'pipe'],
    cwd: data,
    ...unprivileged,
  });
  const gone = once(child, 'exit');
  const said = text(child.stderr);
  child.stdin.on('error', () => undefined).end(`${statements}\n`);
  await gone;
  if (child.exitCode !== 0) throw new Error(`MariaDB's system tables could not be made: ${(await said).slice(-2_000)}`);
}
