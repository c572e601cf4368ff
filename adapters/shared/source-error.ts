/** What can go wrong when a department's system is asked: it is not there, it is too slow, it answered nonsense. */
export const SOURCE_ERROR_CODES = ['SOURCE_UNAVAILABLE', 'SOURCE_TIMEOUT', 'SOURCE_INVALID'] as const;
export type SourceErrorCode = (typeof SOURCE_ERROR_CODES)[number];

const MESSAGES: Record<SourceErrorCode, string> = {
  SOURCE_UNAVAILABLE: 'is not available at the moment; try again later',
  SOURCE_TIMEOUT: 'did not answer in time; try again later',
  SOURCE_INVALID: 'gave an answer that the hub cannot use; tell the operator of that system',
};

interface SourceErrorDetails {
  source: string;
  cause?: unknown;
  retryAfterMs?: number | null;
  transient?: boolean;
  problem?: string | null;
}

/**
 * A failed read of a department's system. The message is for callers and says only which department and which of the
 * three it was; the cause is for the log and never leaves the hub.
 */
export class SourceError extends Error {
  readonly code: SourceErrorCode;
  /** Slug of the department, e.g. `health`. */
  readonly source: string;
  /** The department asked for this pause before the next try (HTTP `Retry-After`), in milliseconds. */
  readonly retryAfterMs: number | null;
  /** The same read may succeed a moment later; a wrong password or a malformed record will not. */
  readonly transient: boolean;
  /** For the log: what is wrong and what its operator or the hub's is to do; nothing of what was answered. */
  readonly problem: string | null;

  constructor(
    code: SourceErrorCode,
    { source, cause, retryAfterMs = null, transient = code !== 'SOURCE_INVALID', problem = null }: SourceErrorDetails,
  ) {
    super(`The ${source} department's system ${MESSAGES[code]}.`, { cause });
    this.name = 'SourceError';
    this.code = code;
    this.source = source;
    this.retryAfterMs = retryAfterMs;
    this.transient = transient;
    this.problem = problem;
  }
}

/** An answer that the hub cannot use; `reason` is for the log and holds nothing of the answer's values. */
export function invalidAnswer(source: string, reason: string): SourceError {
  return new SourceError('SOURCE_INVALID', { source, cause: new Error(reason) });
}
