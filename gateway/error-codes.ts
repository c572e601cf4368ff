/**
 * Every code that an answer of the hub may carry, with its HTTP status where the whole request fails by it. One page
 * explains them (docs/errors.md); a test compares the two.
 */
export const ERROR_CODES = {
  UNAUTHENTICATED: 401,
  FORBIDDEN_FIELD: 200,
  NO_BASIS: 200,
  SOURCE_UNAVAILABLE: 200,
  SOURCE_TIMEOUT: 200,
  SOURCE_INVALID: 200,
  BAD_USER_INPUT: 400,
  PERSISTED_QUERY_NOT_FOUND: 400,
  LIMIT_EXCEEDED: 400,
  RATE_LIMITED: 429,
  BASIS_ENDED: 200,
  SIGN_IN_UNAVAILABLE: 503,
  AUDIT_UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 200,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}
