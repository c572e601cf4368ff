import { decodeJwt } from 'jose';

/** The `jti` of a token, whoever signed it. Throws in words, without repeating anything of it. */
export function jtiOf(token: string): string {
  try {
    const { jti } = decodeJwt(token.trim().replace(/^Bearer +/i, ''));
    if (typeof jti === 'string' && jti !== '') return jti;
  } catch {
    // Said below: what jose says may repeat parts of it.
  }
  throw new Error('What came on standard input is no token with a jti.');
}
