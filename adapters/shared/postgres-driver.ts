import { type ClientBase, DatabaseError, Pool, type PoolClient } from 'pg';
import { failureOfSqlState, type SqlDriver, type SqlDriverOptions, type SqlFailure } from './sql-driver.ts';
import { postgresSql, type SqlStatement } from './sql-statement.ts';

/** A query that went on for too long or was cancelled. */
const QUERY_CANCELLED = '57014';
/** Of all that comes back for one statement. The limit of rows holds an honest server; the driver itself keeps whatever comes. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

class AnswerTooBig extends Error {}

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
      const rows = await withinBytes(client, () => selectOn(client, { begin, statement }));
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

/** Closes the connection as soon as more comes over it: bytes are counted as they arrive, before any message is whole. */
async function withinBytes<T>({ connection: { stream } }: PoolClient, ask: () => Promise<T>): Promise<T> {
  let bytes = 0;
  const count = (piece: Uint8Array) => {
    bytes += piece.length;
    if (bytes > MAX_ANSWER_BYTES) stream.destroy();
  };
  stream.on('data', count);
  try {
    return await ask();
  } catch (error) {
    throw bytes > MAX_ANSWER_BYTES ? new AnswerTooBig() : error;
  } finally {
    stream.off('data', count);
  }
}

async function selectOn(client: ClientBase, { begin, statement }: { begin: string; statement: SqlStatement }) {
  const { text, values } = postgresSql(statement);
  await client.query(begin);
  const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
  await client.query('COMMIT');
  return rows;
}

function failureOf(error: unknown): SqlFailure | null {
  if (error instanceof AnswerTooBig) return { code: 'SOURCE_INVALID', state: 'too many bytes', transient: false };
  if (!(error instanceof DatabaseError)) return null;
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
