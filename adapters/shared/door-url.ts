export type QueryValue = string | number | boolean;
/** An array repeats the parameter; `undefined` leaves it out. */
export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;
/** A constant path, or its segments, each of which may come from outside. */
export type DoorPath = string | readonly string[];

/** Where a door leads. A wrong base is a mistake of the operator and is thrown as a plain error at start. */
export interface DoorBase {
  /** Encodes a path below the base. Throws for a segment that would lead elsewhere or is no text. */
  urlOf(path: DoorPath, query?: Query): URL;
  /** A link that the department gave (next page, reference). Throws `RangeError` if it leads out of the base. */
  linkOf(link: string): URL;
}

export function doorBase(baseUrl: string): DoorBase {
  const fault = doorUrlFault(baseUrl);
  if (fault !== null) throw new Error(`a base URL ${fault}`);
  const base = new URL(baseUrl);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return {
    urlOf(path, query = {}) {
      const segments = typeof path === 'string' ? path.replace(/^\//, '').split('/') : path;
      const url = new URL(base);
      url.pathname = base.pathname + segments.map((segment) => encodedSegment(segment, path)).join('/');
      for (const [name, value] of Object.entries(query)) {
        for (const one of valuesOf(value)) url.searchParams.append(name, String(one));
      }
      return url;
    },
    linkOf(link) {
      const url = parsedLink(link, base);
      const inside = url.origin === base.origin && url.pathname.startsWith(base.pathname);
      // %2f and %5c: some servers decode them before they resolve dots.
      if (!inside || url.username || url.password || /%2f|%5c/i.test(url.pathname)) {
        throw new RangeError('a link leads out of the department');
      }
      url.hash = '';
      return url;
    },
  };
}

/** Why no door can lead to an address, without a word of it; `null` where one can. */
export function doorUrlFault(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'must be an http(s) URL';
  if (url.username || url.password) return 'must not carry credentials';
  return url.search || url.hash ? 'must have neither query nor fragment' : null;
}

/** An address as a door takes it, which joins paths below a base; an endpoint has no slash at its end. */
export function splitEndpoint(endpoint: string): { baseUrl: string; path: string } {
  const path = new URL(endpoint).pathname.split('/').at(-1) ?? '';
  if (path === '' || /[?#]/.test(endpoint)) throw new Error('an endpoint ends in a path, without query or fragment');
  return { baseUrl: endpoint.slice(0, -path.length), path: decodeURIComponent(path) };
}

/** Dots are resolved by every URL parser, encoded or not, and an empty segment asks for the whole collection. */
function encodedSegment(segment: string, path: DoorPath): string {
  const trailing = typeof path === 'string' && segment === '';
  if ((segment === '' && !trailing) || /^\.{1,2}$/.test(segment)) {
    throw new RangeError('a path segment must be neither empty nor dots');
  }
  return encodeURIComponent(segment);
}

function parsedLink(link: string, base: URL): URL {
  const url = URL.parse(link, base.href);
  if (url === null) throw new RangeError('a link is malformed');
  return url;
}

function valuesOf(value: Query[string]): readonly QueryValue[] {
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}
