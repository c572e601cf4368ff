import { type ErrorCode, isErrorCode } from './error-codes.ts';

/** graphql-js and Apollo Server have codes of their own for what the caller got wrong. */
const CALLERS_MISTAKES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
]);

/** The code under which callers, and the audit record, know an error; `null` = none: it is `INTERNAL`. */
export function publicCode(extensions: Readonly<Record<string, unknown>>): ErrorCode | null {
  const { code } = extensions;
  if ('limit' in extensions) return 'LIMIT_EXCEEDED';
  if (isErrorCode(code) && code !== 'INTERNAL') return code;
  return typeof code === 'string' && CALLERS_MISTAKES.has(code) ? 'BAD_USER_INPUT' : null;
}
