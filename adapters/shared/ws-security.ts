/** The user name and password digest of WS-Security (OASIS UsernameToken Profile 1.0): the password itself never travels. */
import { createHash, randomBytes } from 'node:crypto';
import { escapeXml } from './xml-text.ts';

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const EXTENSION = `${WSS}-wssecurity-secext-1.0.xsd`;
const UTILITY = `${WSS}-wssecurity-utility-1.0.xsd`;
const DIGEST_TYPE = `${WSS}-username-token-profile-1.0#PasswordDigest`;
const BASE64_TYPE = `${WSS}-soap-message-security-1.0#Base64Binary`;

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** A fresh `wsse:Security` header for one request. */
export function usernameToken(
  { user, password }: Credentials,
  { nonce = randomBytes(16), created = new Date().toISOString() }: { nonce?: Uint8Array; created?: string } = {},
): string {
  // Profile 1.0, 3.1: Base64(SHA-1(nonce + created + password)), over the nonce's bytes.
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  return (
    `<wsse:Security xmlns:wsse="${EXTENSION}" xmlns:wsu="${UTILITY}"><wsse:UsernameToken>` +
    `<wsse:Username>${escapeXml(user)}</wsse:Username>` +
    `<wsse:Password Type="${DIGEST_TYPE}">${digest}</wsse:Password>` +
    `<wsse:Nonce EncodingType="${BASE64_TYPE}">${Buffer.from(nonce).toString('base64')}</wsse:Nonce>` +
    `<wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security>`
  );
}
