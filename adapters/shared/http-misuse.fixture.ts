import { http, HttpResponse } from 'msw/http';
import type { SourceErrorCode } from './source-error.ts';

const HTML = '<!doctype html><html><body>系统维护中 王小明</body></html>';

interface Misuse {
  /** What a read must end in. */
  readonly code: SourceErrorCode;
  readonly respond: (contentType: string) => Response | Promise<Response>;
}

/**
 * The ways in which HTTP services misbehave, and what a read through the door must then end in. All but the hang answer at
 * once. For test support: `test.each(Object.keys(HTTP_MISUSES))`.
 */
export const HTTP_MISUSES = {
  truncated: {
    code: 'SOURCE_INVALID',
    // As a proxy passes on what it got of it; a connection that breaks within a body needs a real server.
    respond: (type) => new HttpResponse('{"items":[{"na', { headers: { 'content-type': type } }),
  },
  'html-200': { code: 'SOURCE_INVALID', respond: () => HttpResponse.html(HTML) },
  'html-as-declared-type': {
    code: 'SOURCE_INVALID',
    respond: (type) => new HttpResponse(HTML, { headers: { 'content-type': type } }),
  },
  'wrong-content-type': {
    code: 'SOURCE_INVALID',
    respond: () => new HttpResponse('%PDF-1.7', { headers: { 'content-type': 'application/pdf' } }),
  },
  garbage: {
    code: 'SOURCE_INVALID',
    respond: (type) =>
      new HttpResponse(Uint8Array.from([0x00, 0xff, 0xfe, 0x7b, 0xc3, 0x28]), { headers: { 'content-type': type } }),
  },
  'wrong-encoding': {
    code: 'SOURCE_INVALID',
    // GBK for {"name":"王"} under a type that means UTF-8.
    respond: (type) =>
      new HttpResponse(Uint8Array.from([...Buffer.from('{"name":"'), 0xcd, 0xf5, ...Buffer.from('"}')]), {
        headers: { 'content-type': type },
      }),
  },
  'empty-200': {
    code: 'SOURCE_INVALID',
    respond: (type) => new HttpResponse('', { headers: { 'content-type': type } }),
  },
  'redirect-to-another-host': {
    code: 'SOURCE_INVALID',
    respond: () => new HttpResponse(null, { status: 302, headers: { location: 'http://127.0.0.1:1/' } }),
  },
  401: { code: 'SOURCE_UNAVAILABLE', respond: () => new HttpResponse(HTML, { status: 401 }) },
  403: { code: 'SOURCE_UNAVAILABLE', respond: () => new HttpResponse(HTML, { status: 403 }) },
  429: {
    code: 'SOURCE_UNAVAILABLE',
    respond: () => new HttpResponse('slow down', { status: 429, headers: { 'retry-after': '30' } }),
  },
  500: { code: 'SOURCE_UNAVAILABLE', respond: () => new HttpResponse(HTML, { status: 500 }) },
  503: { code: 'SOURCE_UNAVAILABLE', respond: () => new HttpResponse(HTML, { status: 503 }) },
  'connection-lost': { code: 'SOURCE_UNAVAILABLE', respond: () => HttpResponse.error() },
  hang: { code: 'SOURCE_TIMEOUT', respond: () => new Promise<Response>(() => undefined) },
} as const satisfies Record<string, Misuse>;

export type HttpMisuse = keyof typeof HTTP_MISUSES;

interface MisuseOptions {
  /** What the service would rightly call its answers. */
  readonly contentType?: string;
  /** Hears of every request that reached the service. */
  readonly onRequest?: () => void;
}

/** An msw handler: everything at or below `baseUrl` misbehaves in this way. */
export function misuseHandler(
  misuse: HttpMisuse,
  baseUrl: string,
  { contentType = 'application/json', onRequest }: MisuseOptions = {},
) {
  return http.all(`${baseUrl.replace(/\/$/, '')}/*`, () => {
    onRequest?.();
    return HTTP_MISUSES[misuse].respond(contentType);
  });
}
