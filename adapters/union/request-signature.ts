/**
 * How the union wants requests signed (its developer guide calls it the canonical text): HMAC-SHA-256 under the secret
 * of the application key, over these parts joined by line feeds:
 *
 *   METHOD                upper case
 *   path                  as it is sent, without query
 *   query                 `name=value` pairs, both encoded by RFC 3986, sorted by name, then by value, joined with `&`
 *   timestamp             whole seconds since 1970; the union takes five minutes either way
 *   nonce                 used once
 *   SHA-256 of the body   hex, lower case; of nothing where there is no body
 *
 * Key, timestamp, nonce and signature (hex, lower case) go in the headers `x-app-key`, `x-timestamp`, `x-nonce`,
 * `x-signature`.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { OutgoingRequest } from '../shared/http-door.ts';

interface SignerOptions {
  readonly appKey: string;
  readonly appSecret: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly nonce?: () => string;
}

/** The headers of one try of a request; every try needs its own. */
export function requestSigner({ appKey, appSecret, now = Date.now, nonce = randomUUID }: SignerOptions) {
  return (request: OutgoingRequest): Readonly<Record<string, string>> => {
    const timestamp = String(Math.floor(now() / 1_000));
    const once = nonce();
    const text = canonicalText(request, timestamp, once);
    return {
      'x-app-key': appKey,
      'x-timestamp': timestamp,
      'x-nonce': once,
      'x-signature': createHmac('sha256', appSecret).update(text).digest('hex'),
    };
  };
}

function canonicalText({ method, url, body = '' }: OutgoingRequest, timestamp: string, nonce: string): string {
  const query = [...url.searchParams]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .toSorted(([a, x], [b, y]) => inOrder(a, b) || inOrder(x, y))
    .map((pair) => pair.join('='))
    .join('&');
  return [method, url.pathname, query, timestamp, nonce, createHash('sha256').update(body).digest('hex')].join('\n');
}

/** RFC 3986 2.3: `encodeURIComponent` leaves five signs more as they are. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
