import { AuthenticationError } from './authentication-error.ts';

// Longer than any token of ours, and than the headers may be that the hub takes.
const MAX_LENGTH = 8_192;
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/**
 * The one bearer token of a request. Takes every value of the header (`request.headersDistinct.authorization`), because
 * Node keeps the first of several and drops the others silently. Throws `AuthenticationError`.
 */
export function bearerToken(values: readonly string[]): string {
  const [value] = values;
  if (value === undefined || values.length !== 1) throw new AuthenticationError('NO_TOKEN');
  if (value.length > MAX_LENGTH) throw new AuthenticationError('MALFORMED');
  const token = BEARER.exec(value)?.[1];
  if (token === undefined) throw new AuthenticationError('NO_TOKEN');
  return token;
}
