import { Duplex } from 'node:stream';
import { createPool, type PoolOptions } from 'mysql2/promise';
import { z } from 'zod';
import { failureOfSize, withinBytes } from './bounded-answer.ts';
import { failureOfSqlState, type SqlDriver, type SqlDriverOptions, type SqlFailure } from './sql-driver.ts';
import { mariaDbSql, type SqlStatement } from './sql-statement.ts';

const serverError = z.object({ errno: z.number(), sqlState: z.string() });
/** mysql2 says nothing of its stream in its types: if it moved, every read fails, and no answer goes unbounded. */
const withStream = z.object({ connection: z.object({ stream: z.instanceof(Duplex) }) });
/** Statement timeout of MariaDB and of MySQL, query killed. */
const TIMED_OUT = new Set([1969, 3024, 1317]);
/** Access denied to the account or the database: state 28000 and 42000. Too many connections of this user: 42000. */
const ACCESS_DENIED = new Set([1044, 1045, 1698]);
/** The limit of a statement's time, where the server is the other product or too old. */
const UNKNOWN_VARIABLE = 1193;
const WRONG_PRODUCT =
  "the database knows no limit of a statement's time by the name asked for: the address must begin with mariadb:// for MariaDB (10.2 or later), with mysql:// for MySQL (8.0 or later)";
const TOO_MANY_OF_THIS_USER = new Set([1203, 1226]);

/** The part of mysql2's pool that is used. */
interface MariaDbPool {
  getConnection(): Promise<MariaDbConnection>;
  end(): Promise<void>;
}
interface MariaDbConnection {
  query(text: string): Promise<unknown>;
  /** Prepares on the server and sends the values apart: `[rows, fields]`. */
  execute(text: string, values: string[]): Promise<readonly unknown[]>;
  release(): void;
  destroy(): void;
}
interface Deps {
  readonly openPool?: (options: PoolOptions) => MariaDbPool;
}

/** MariaDB and MySQL by mysql2. The two name their limit of a statement's time differently. */
export function mariaDbDriver(
  { address, password, timeoutMs, poolSize }: SqlDriverOptions,
  { openPool = createPool }: Deps = {},
): SqlDriver {
  const { dialect, host, port, user, database, tls } = address;
  const pool = openPool({
    host,
    port,
    user,
    password,
    database,
    // Without `verifyIdentity` it takes any certificate of a known authority, whatever its name.
    ...(tls && { ssl: { rejectUnauthorized: true, verifyIdentity: true } }),
    connectionLimit: poolSize,
    connectTimeout: timeoutMs + 500,
    charset: 'utf8mb4',
    // As the server wrote them: a Date would be in this process's time zone, a large number rounded.
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    // Lists of every length are statements of their own here.
    maxPreparedStatements: 50,
  });
  const limit =
    dialect === 'mariadb'
      ? `SET SESSION max_statement_time = ${timeoutMs / 1_000}`
      : `SET SESSION max_execution_time = ${timeoutMs}`;

  async function select(statement: SqlStatement, signal: AbortSignal): Promise<readonly unknown[]> {
    const connection = await pool.getConnection();
    const onAbort = () => connection.destroy();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      const { stream } = withStream.parse(connection).connection;
      const rows = await withinBytes(stream, () => selectOn(connection, { limit, statement }));
      connection.release();
      return rows;
    } catch (error) {
      connection.destroy();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  return { select, failureOf, close: () => pool.end() };
}

async function selectOn(
  connection: MariaDbConnection,
  { limit, statement }: { limit: string; statement: SqlStatement },
) {
  const { text, values } = mariaDbSql(statement);
  await connection.query(limit);
  await connection.query('START TRANSACTION READ ONLY');
  const [rows] = await connection.execute(text, values.flat());
  await connection.query('COMMIT');
  return z.array(z.unknown()).parse(rows);
}

function failureOf(error: unknown): SqlFailure | null {
  const parsed = serverError.safeParse(error);
  if (!parsed.success) return failureOfSize(error);
  const { errno, sqlState } = parsed.data;
  const state = String(errno);
  if (TIMED_OUT.has(errno)) return { code: 'SOURCE_TIMEOUT', state, transient: true };
  if (ACCESS_DENIED.has(errno)) return { code: 'SOURCE_UNAVAILABLE', state, transient: false };
  if (TOO_MANY_OF_THIS_USER.has(errno)) return { code: 'SOURCE_UNAVAILABLE', state, transient: true };
  if (errno === UNKNOWN_VARIABLE) return { code: 'SOURCE_INVALID', state, transient: false, problem: WRONG_PRODUCT };
  return { ...failureOfSqlState(sqlState), state };
}
