/** The sample bureau's views in real servers, in the character sets that bureaus have. */
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import { insertsOf } from '../../e2e/systems/justice/inserts.ts';
import { MARIADB_TABLES, mariaDbReader } from '../../e2e/systems/justice/mariadb-tables.ts';
import { justiceRecords } from '../../e2e/systems/justice/records.ts';
import { INDEXES, READER, READER_PASSWORD, TABLES } from '../../e2e/systems/justice/tables.ts';
import type { DatabaseServer } from '../../e2e/stack/servers/postgresql.ts';
import type { World } from '../../e2e/systems/world/model.ts';

type Place = Pick<DatabaseServer, 'port' | 'operator'>;
/** What the operator of a server may ask it; every value is what the driver gives. */
type Ask = (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Asks as the operator. */
export async function asPostgresOperator<T>(
  { port, operator }: Place,
  database: string,
  act: (ask: Ask) => Promise<T>,
): Promise<T> {
  return withPostgres({ port, ...operator, database }, act);
}

export async function withPostgres<T>(
  account: { port: number; user: string; password: string; database: string },
  act: (ask: Ask) => Promise<T>,
): Promise<T> {
  const client = new Client({ host: '127.0.0.1', ...account });
  await client.connect();
  try {
    return await act(async (statement) => (await client.query<Record<string, unknown>>(statement)).rows);
  } finally {
    await client.end();
  }
}

export async function asMariaDbOperator<T>(
  { port, operator }: Place,
  database: string,
  act: (ask: Ask) => Promise<T>,
): Promise<T> {
  return withMariaDb({ port, ...operator, database }, act);
}

export async function withMariaDb<T>(
  account: { port: number; user: string; password: string; database: string },
  act: (ask: Ask) => Promise<T>,
): Promise<T> {
  const connection = await createConnection({ host: '127.0.0.1', charset: 'utf8mb4', ...account });
  try {
    return await act(async (statement) => {
      const [rows] = await connection.query(statement);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    });
  } finally {
    await connection.end();
  }
}

/** A database of its own with the world's files. `encoding` is the server's, e.g. `UTF8`, `EUC_CN`. */
export async function fillPostgres(
  server: Place,
  { world, database, encoding }: { world: World; database: string; encoding: string },
): Promise<Record<string, string>> {
  await asPostgresOperator(server, 'postgres', (ask) =>
    ask(`CREATE DATABASE ${database} ENCODING '${encoding}' LOCALE 'C' TEMPLATE template0`),
  );
  await asPostgresOperator(server, database, async (ask) => {
    // The account is of the server, the views are of the database.
    const [known] = await ask(`SELECT 1 FROM pg_roles WHERE rolname = '${READER}'`);
    await ask(known ? TABLES.replace(/^CREATE ROLE .*$/m, '') : TABLES);
    for (const statement of insertsOf(justiceRecords(world))) await ask(statement);
    await ask(INDEXES);
  });
  return settingsFor('postgresql', server.port, database);
}

/** Likewise; `charset` is that of the tables, e.g. `utf8mb4`, `gbk`. */
export async function fillMariaDb(
  server: Place,
  { world, database, charset }: { world: World; database: string; charset: string },
): Promise<Record<string, string>> {
  await asMariaDbOperator(server, '', (ask) => ask(`CREATE DATABASE ${database} CHARACTER SET ${charset}`));
  await asMariaDbOperator(server, database, async (ask) => {
    const statements = [...MARIADB_TABLES, ...insertsOf(justiceRecords(world)), ...mariaDbReader(database)];
    for (const statement of statements) await ask(statement);
  });
  return settingsFor('mariadb', server.port, database);
}

const settingsFor = (dialect: string, port: number, database: string) => ({
  JUSTICE_URL: `${dialect}://${READER}@127.0.0.1:${port}/${database}?sslmode=disable`,
  JUSTICE_PASSWORD: READER_PASSWORD,
});
