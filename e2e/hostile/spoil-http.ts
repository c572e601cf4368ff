/** What can be wrong with an answer around its body. */
import { pick, type Spoils } from './spoil.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** In place of the bytes, again and again. */
  readonly endless?: Uint8Array;
  /** The connection breaks after so many bytes. */
  readonly breaksAfter?: number;
  /** There was no answer at all. */
  readonly lost?: boolean;
}

const STATUSES = [
  201, 202, 203, 204, 205, 206, 226, 300, 304, 400, 404, 405, 409, 410, 411, 418, 421, 422, 451, 401, 403, 511,
];
const BUSY = [408, 429, 500, 502, 503, 504, 599];
const TYPES = [
  'text/html',
  'application/pdf',
  'text/plain; charset=utf-8',
  'application/json; charset=gbk',
  'application/json; charset=utf-16',
  'application/json;charset="__proto__"',
  'application/vnd.api+json',
  'application/fhir+xml',
  'text/xml; charset=utf-7',
  'text/xml; charset=gb2312',
  'text/xml; charset=utf-16le',
  'application/xhtml+xml',
  'multipart/related; boundary=x; type="application/xop+xml"',
  'application/xml',
  'json',
  ';',
  `${'x'.repeat(300)}/y`,
  'text/110101199001011234',
];
const PLACES = [
  'http://elsewhere.test/',
  '//elsewhere.test/x',
  'http://127.0.0.1:1/',
  'http://169.254.169.254/latest/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '',
  '/',
  '.',
];
const HEADERS: readonly (readonly [string, string])[] = [
  ['content-length', '999999999999'],
  ['content-length', '-1'],
  ['content-length', '1e3'],
  ['content-length', '0x10'],
  ['content-length', ''],
  ['date', 'yesterday'],
  ['date', 'Thu, 01 Jan 9999 00:00:00 GMT'],
  ['date', '-271821-04-20T00:00:00Z'],
  ['retry-after', '-1'],
  ['retry-after', '99999999999999999999'],
  ['content-encoding', 'gzip'],
  ['set-cookie', 'session=x; Domain=.test'],
  ['link', '<http://elsewhere.test/>; rel="next"'],
  ['x-many', 'y'.repeat(60_000)],
];
/** Asks for so long a pause that nobody waits for it. */
const LATER = '3600';

export const HTTP_SPOILS: Spoils<HttpAnswer> = {
  'another status': (answer, { how }) => ({ ...answer, status: pick(STATUSES, how) ?? 200 }),
  'a busy service': (answer, { how }) => ({
    ...withHeader(answer, 'retry-after', LATER),
    status: pick(BUSY, how) ?? 503,
  }),
  'a redirect': (answer, { where, how }) => ({
    ...withHeader(answer, 'location', pick(PLACES, where) ?? ''),
    status: pick([301, 302, 303, 307, 308], how) ?? 302,
  }),
  'another content type': (answer, { how }) => {
    const type = pick(TYPES, how);
    if (type !== undefined && how % 25 !== 24) return withHeader(answer, 'content-type', type);
    answer.headers.delete('content-type');
    return answer;
  },
  'a header that lies': (answer, { how }) => withHeader(answer, ...(pick(HEADERS, how) ?? ['x', 'y'])),
  'a body without end': (answer, { how, where }) =>
    // Costs a few milliseconds: one in eight.
    where % 8 === 0 ? { ...answer, endless: Buffer.alloc(65_536, pick([0x20, 0x5b, 0x61, 0x3c], how)) } : answer,
  'a connection that breaks': (answer, { where, how }) => {
    // Each such try is made again after a pause: one in eight.
    if (how % 8 !== 0) return { ...answer, headers: new Headers({ 'content-type': 'text/html' }) };
    return where % 2 === 0 ? { ...answer, lost: true } : { ...answer, breaksAfter: where };
  },
};

function withHeader(answer: HttpAnswer, name: string, value: string): HttpAnswer {
  answer.headers.set(name, value);
  return answer;
}
