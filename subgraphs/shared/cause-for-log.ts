import { GraphQLError } from 'graphql';
import { certificateProblem } from '../../adapters/shared/certificate-problem.ts';
import { HttpStatusError } from '../../adapters/shared/http-status-error.ts';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { StoreError } from '../../adapters/store/port.ts';

/** What a log line may tell of a failure: which error and where in the code. A message may quote what it refused: a name, an ID number (case 66). */
export interface CauseForLog {
  readonly name: string;
  /** The driver's or the system's code, e.g. `ECONNREFUSED`. */
  readonly code?: string;
  /** HTTP status that was answered. */
  readonly status?: number;
  readonly at?: readonly string[];
  /** What is wrong and what to do about it, where the code alone does not say. */
  readonly problem?: string;
}

const MAX_FRAMES = 8;

/** The innermost cause of an error, without its message. */
export function causeForLog(error: unknown): CauseForLog {
  if (!(error instanceof Error)) return { name: typeof error };
  const inner = (error instanceof GraphQLError ? error.originalError : null) ?? error.cause;
  const problem = problemOf(error);
  return { ...(inner instanceof Error ? causeForLog(inner) : innermost(error)), ...(problem !== null && { problem }) };
}

function innermost(error: Error): CauseForLog {
  const code: unknown = 'code' in error ? error.code : undefined;
  const at = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    name: error.name,
    ...(typeof code === 'string' && { code }),
    ...(error instanceof HttpStatusError && { status: error.status }),
    at: at.slice(0, MAX_FRAMES).map((line) => line.trim()),
  };
}

/** The store's own messages name the thing and the remedy, and nothing that it holds. */
function problemOf(error: Error): string | null {
  if (error instanceof StoreError) return error.message;
  return error instanceof SourceError ? (error.problem ?? certificateProblem(error, error.source)) : null;
}
