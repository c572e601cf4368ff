import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What a page of another origin is answered. */
export type OriginAnswer =
  | { readonly kind: 'refused' }
  | { readonly kind: 'preflight'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'allowed'; readonly headers: Readonly<Record<string, string>> };

/** Answers `null` for whoever is no page of another origin: nearly everybody. */
export type OriginRule = (request: Pick<IncomingMessage, 'method' | 'headers'>) => OriginAnswer | null;

/** Of the request headers that clients of the hub send, those that a browser asks about first. */
const HEADERS_TAKEN = [
  'authorization',
  'content-type',
  'x-purpose-of-use',
  'graphql-require-preflight',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'graphql-cost',
  'traceparent',
].join(', ');
const PREFLIGHT_SECONDS = '600';

/**
 * Which pages may ask (case 47), by the exact list of their origins: no pattern, no wildcard. Nothing is allowed with
 * credentials of the browser's own: the hub knows no cookie, whoever asks must have the token. A page of no origin of the
 * list is refused as such, not only left without the headers: its request does not come as far as a token or an operation.
 */
export function originRule(allowed: readonly string[]): OriginRule {
  const known = new Map(allowed.map((origin) => [origin, answersFor(origin)]));
  return ({ method, headers }) => {
    const { origin } = headers;
    if (origin === undefined || isOwn(origin, headers)) return null;
    const answers = known.get(origin);
    if (answers === undefined) return { kind: 'refused' };
    const asksFirst = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
    return asksFirst ? answers.preflight : answers.allowed;
  };
}

/** The proxy that ends TLS may have another scheme than the hub, but not another name. */
function isOwn(origin: string, { host }: IncomingHttpHeaders): boolean {
  return host !== undefined && (origin === `https://${host}` || origin === `http://${host}`);
}

function answersFor(origin: string) {
  const headers = { 'access-control-allow-origin': origin };
  return {
    allowed: { kind: 'allowed', headers: { ...headers, 'access-control-expose-headers': 'retry-after' } },
    preflight: {
      kind: 'preflight',
      headers: {
        ...headers,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': HEADERS_TAKEN,
        'access-control-max-age': PREFLIGHT_SECONDS,
      },
    },
  } as const;
}
