/**
 * The service's side of its signatures. A caller signs, with HMAC-SHA-256 under the secret of its application key, this
 * text, its parts joined by line feeds:
 *
 *   METHOD                upper case
 *   path                  as it stands in the request line, without query
 *   query                 `name=value` pairs, both encoded by RFC 3986, sorted by name, then by value, joined with `&`
 *   timestamp             whole seconds since 1970
 *   nonce                 16 to 64 letters, digits, `-` or `_`, never used before
 *   SHA-256 of the body   hex, lower case; of nothing where there is no body
 *
 * and sends `x-app-key`, `x-timestamp`, `x-nonce` and `x-signature` (hex, lower case).
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** How far a caller's clock may be off, either way. */
const TOLERANCE_S = 300;

export interface SignedRequest {
  readonly method: string;
  /** Path and query as in the request line. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}
/** Why a request is refused. */
export type SignatureProblem = 'UNKNOWN_APP' | 'OLD_TIMESTAMP' | 'BAD_NONCE' | 'BAD_SIGNATURE' | 'REPLAYED';

interface CheckOptions {
  readonly appKey: string;
  readonly appSecret: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Answers `null` for a request that is rightly signed and was not seen before. */
export function signatureCheck({ appKey, appSecret, now }: CheckOptions) {
  const isNew = nonceMemory();
  return (request: SignedRequest): SignatureProblem | null => {
    const { headers } = request;
    const [key, timestamp, nonce, signature] = ['x-app-key', 'x-timestamp', 'x-nonce', 'x-signature'].map((name) =>
      String(headers[name] ?? ''),
    ) as [string, string, string, string];
    const nowS = now() / 1_000;
    if (key !== appKey) return 'UNKNOWN_APP';
    if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowS - Number(timestamp)) > TOLERANCE_S) return 'OLD_TIMESTAMP';
    if (!/^[\w-]{16,64}$/.test(nonce)) return 'BAD_NONCE';
    const expected = createHmac('sha256', appSecret)
      .update(canonical(request, timestamp, nonce))
      .digest('hex');
    if (!isSame(expected, signature)) return 'BAD_SIGNATURE';
    // Only now: a stranger must not use up a caller's nonces.
    return isNew(nonce, nowS) ? null : 'REPLAYED';
  };
}

function canonical({ method, target, body }: SignedRequest, timestamp: string, nonce: string): string {
  const [path = '', query = ''] = target.split('?', 2);
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => [encoded(name), encoded(value)] as const);
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  const digest = createHash('sha256').update(body).digest('hex');
  return [method, path, pairs.map((pair) => pair.join('=')).join('&'), timestamp, nonce, digest].join('\n');
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Remembers nonces while their timestamps would still pass; in two halves, so that forgetting costs nothing. */
function nonceMemory() {
  let [recent, older] = [new Set<string>(), new Set<string>()];
  let since = 0;
  return (nonce: string, nowS: number): boolean => {
    if (nowS - since > 2 * TOLERANCE_S) [older, recent, since] = [recent, new Set(), nowS];
    if (recent.has(nonce) || older.has(nonce)) return false;
    recent.add(nonce);
    return true;
  };
}
