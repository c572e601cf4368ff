import { type ClientBase, DatabaseError, Pool } from 'pg';
import { failureOfSize, withinBytes } from './bounded-answer.ts';
import { failureOfSqlState, type SqlDriver, type SqlDriverOptions, type SqlFailure } from './sql-driver.ts';
import { postgresSql, type SqlStatement } from './sql-statement.ts';

/** A query that went on for too long or was cancelled. */
const QUERY_CANCELLED = '57014';
/**
 * PostgreSQL by node-postgres. Every statement runs in a transaction of its own that is read-only by itself, since
 * start-up options do not reach a server behind every connection pooler.
 */
export function postgresDriver({ address, password, timeoutMs, poolSize }: SqlDriverOptions): SqlDriver {
  const { host, port, user, database, tls } = address;
  const pool = new Pool({
    host,
    port,
    user,
    password,
    database,
    ssl: tls ? { rejectUnauthorized: true, ...(host === 'localhost' ? {} : { servername: host }) } : false,
    max: poolSize,
    // The reader's own deadline comes first and says so.
    connectionTimeoutMillis: timeoutMs + 500,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    application_name: 'xinqiao',
    client_encoding: 'UTF8',
    options: '-c default_transaction_read_only=on',
    // As the server wrote them: the driver would make a date midnight in this process's time zone.
    types: { getTypeParser: () => (text: string) => text },
  });
  // Without a listener the loss of a connection, idle or not, ends the process. The query on it fails anyway.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const begin = `BEGIN READ ONLY; SET LOCAL statement_timeout = ${timeoutMs}`;

  async function select(statement: SqlStatement, signal: AbortSignal): Promise<readonly unknown[]> {
    const client = await pool.connect();
    const release = once((broken: boolean) => client.release(broken));
    const onAbort = () => release(true);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      const rows = await withinBytes(client.connection.stream, () => selectOn(client, { begin, statement }));
      release(false);
      return rows;
    } catch (error) {
      release(true);
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  return { select, failureOf, close: () => pool.end() };
}

async function selectOn(client: ClientBase, { begin, statement }: { begin: string; statement: SqlStatement }) {
  const { text, values } = postgresSql(statement);
  await client.query(begin);
  const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
  await client.query('COMMIT');
  return rows;
}

function failureOf(error: unknown): SqlFailure | null {
  if (!(error instanceof DatabaseError)) return failureOfSize(error);
  // The driver's parser reports bytes that are no message of the protocol as an error without a state.
  if (error.code === undefined) return { code: 'SOURCE_INVALID', state: 'protocol', transient: false };
  if (error.code === QUERY_CANCELLED) return { code: 'SOURCE_TIMEOUT', state: error.code, transient: true };
  return failureOfSqlState(error.code);
}

function once(act: (broken: boolean) => void): (broken: boolean) => void {
  let done = false;
  return (broken) => {
    if (done) return;
    done = true;
    act(broken);
  };
}
