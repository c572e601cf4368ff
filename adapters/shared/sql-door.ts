import { mariaDbDriver } from './mariadb-driver.ts';
import { postgresDriver } from './postgres-driver.ts';
import { type ReadPolicy, type ReadPolicyOptions, readPolicy } from './read-policy.ts';
import { invalidAnswer, SourceError } from './source-error.ts';
import type { SqlDriver } from './sql-driver.ts';
import { sql, type SqlStatement } from './sql-statement.ts';
import { sqlAddress } from './sql-url.ts';

export interface SqlDoorOptions extends Omit<ReadPolicyOptions, 'translate' | 'concurrency'> {
  /** `postgresql://user@host:port/database`, or `mysql://` or `mariadb://`; `?sslmode=disable` for plain text. */
  readonly url: string;
  readonly password: string;
  /** Connections at most, and so reads at a time. */
  readonly poolSize?: number;
  /** Of one answer; more are SOURCE_INVALID. */
  readonly maxRows?: number;
  /** In place of the one that the address names. */
  readonly driver?: SqlDriver;
}

export interface SqlDoor {
  /** The rows of one SELECT, unparsed. */
  select(statement: SqlStatement, options?: { readonly signal?: AbortSignal | undefined }): Promise<readonly unknown[]>;
  probe(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  close(): Promise<void>;
  /** Of the circuit breaker. */
  readonly state: ReadPolicy['state'];
}

/**
 * The one way to a department's database: deadline, retry of reads, circuit breaker, a pool of few connections,
 * read-only transactions, values as parameters only, a limit of rows. Throws `SourceError` only.
 */
export function sqlDoor({
  url,
  password,
  poolSize = 5,
  maxRows = 50_000,
  timeoutMs = 3_000,
  ...options
}: SqlDoorOptions): SqlDoor {
  const { source } = options;
  const address = sqlAddress(url);
  const open = address.dialect === 'postgresql' ? postgresDriver : mariaDbDriver;
  const driver = options.driver ?? open({ address, password, timeoutMs, poolSize });
  const policy = readPolicy({ ...options, timeoutMs, concurrency: poolSize, translate: translated });

  function translated(error: unknown): SourceError | undefined {
    const failure = driver.failureOf(error);
    if (failure === null) return undefined;
    const { code, state, ...rest } = failure;
    return new SourceError(code, { source, ...rest, cause: new Error(`the database reported ${state}`) });
  }

  async function select(statement: SqlStatement, signal: AbortSignal): Promise<readonly unknown[]> {
    const rows = await driver.select(sql`${statement} LIMIT ${maxRows + 1}`, signal);
    if (rows.length <= maxRows) return rows;
    throw invalidAnswer(source, `more than ${maxRows} rows`);
  }

  return {
    select: (statement, { signal } = {}) => policy.run((own) => select(statement, own), { signal }),
    probe: async ({ signal } = {}) => {
      await policy.run((own) => driver.select(sql`SELECT 1 AS alive`, own), { signal });
    },
    close: () => driver.close(),
    get state() {
      return policy.state;
    },
  };
}
