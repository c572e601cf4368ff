import type { SourceErrorCode } from './source-error.ts';
import type { SqlAddress } from './sql-url.ts';
import type { SqlStatement } from './sql-statement.ts';

/** One database product behind the SQL door. */
export interface SqlDriver {
  /**
   * Runs one statement in a read-only transaction and answers its rows, every value as the text or number that the
   * driver gave. On abort its connection is thrown away.
   */
  select(statement: SqlStatement, signal: AbortSignal): Promise<readonly unknown[]>;
  /** What an error of the driver means; `null` where it is not the driver's. */
  failureOf(error: unknown): SqlFailure | null;
  close(): Promise<void>;
}

export interface SqlFailure {
  readonly code: SourceErrorCode;
  /** SQLSTATE or the product's number: for the log, since messages quote values. */
  readonly state: string;
  readonly transient: boolean;
  /** What is wrong and what to do, where the state alone does not say. */
  readonly problem?: string;
}

export interface SqlDriverOptions {
  readonly address: SqlAddress;
  readonly password: string;
  readonly timeoutMs: number;
  readonly poolSize: number;
}

/** The meaning of an SQLSTATE (ISO 9075) by its class; classes of products' own are failures of the system. */
export function failureOfSqlState(state: string): SqlFailure {
  const kind = state.slice(0, 2);
  // Data exception, syntax or access rule, feature, transaction state: the views do not hold what was agreed.
  if (['22', '42', '0A', '25', '21'].includes(kind)) return { code: 'SOURCE_INVALID', state, transient: false };
  // Invalid authorisation or catalogue: the next try will fail as well.
  return { code: 'SOURCE_UNAVAILABLE', state, transient: !['28', '3D'].includes(kind) };
}
