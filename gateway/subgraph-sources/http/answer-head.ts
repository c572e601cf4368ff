import { OddAnswer } from './odd-answer.ts';

/** What matters of the head of an HTTP/1.1 response. */
export interface AnswerHead {
  readonly status: number;
  /** As it was sent; `''` where none was. */
  readonly contentType: string;
  readonly retryAfter: string | null;
  /** In bytes, or how the end is told. */
  readonly length: number | 'chunked';
  /** Whether the connection may be used again, and for how long at most. */
  readonly keepAlive: boolean;
  readonly idleMs: number;
}

// RFC 9112 4: the reason may be empty, and the space before it missing.
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?\r\n/;
// RFC 9110 5.1, 5.5 without obs-fold, without a space before the colon, without control characters.
const FIELD_LINES = /^(?:[!#$%&'*+\-.^_`|~\dA-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r\n)*$/;
const MAX_FIELDS = 100;

/**
 * Reads a head, its last CRLF included, strictly: two lengths, a length beside a transfer coding, any coding but
 * `chunked`, an encoded body and a body that ends with the connection are odd. Throws `OddAnswer`.
 */
export function answerHead(text: string): AnswerHead {
  const status = STATUS_LINE.exec(text);
  if (status === null) throw new OddAnswer('no status line');
  const lines = text.slice(status[0].length);
  if (!FIELD_LINES.test(lines)) throw new OddAnswer('a header line that is none');
  const fields = fieldsOf(lines);
  const code = Number(status[2]);
  const keepAlive = status[1] === '1' && !/\bclose\b/i.test(fields.get('connection') ?? '');
  return {
    status: code,
    contentType: fields.get('content-type') ?? '',
    retryAfter: fields.get('retry-after') ?? null,
    length: code < 200 || code === 204 || code === 304 ? 0 : lengthOf(fields),
    keepAlive,
    idleMs: idleMsOf(fields.get('keep-alive')),
  };
}

/** Only these are looked at; each may come once. */
const KNOWN = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'keep-alive',
  'retry-after',
  'transfer-encoding',
]);
const KNOWN_LENGTHS = new Set([...KNOWN].map((name) => name.length));

function fieldsOf(lines: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let count = 0;
  for (let at = 0; at < lines.length; count += 1) {
    const end = lines.indexOf('\r\n', at);
    const colon = lines.indexOf(':', at);
    if (KNOWN_LENGTHS.has(colon - at)) {
      const name = lines.slice(at, colon).toLowerCase();
      if (fields.has(name)) throw new OddAnswer(`${name} twice`);
      if (KNOWN.has(name)) fields.set(name, lines.slice(colon + 1, end).trim());
    }
    at = end + 2;
  }
  if (count > MAX_FIELDS) throw new OddAnswer('too many header lines');
  return fields;
}

function lengthOf(fields: ReadonlyMap<string, string>): number | 'chunked' {
  const coding = fields.get('transfer-encoding');
  const length = fields.get('content-length');
  if ((fields.get('content-encoding') ?? 'identity').toLowerCase() !== 'identity')
    throw new OddAnswer('an encoded body, which was not asked for');
  if (coding !== undefined && length !== undefined) throw new OddAnswer('a length and a transfer coding');
  if (coding !== undefined) {
    if (coding.toLowerCase() !== 'chunked') throw new OddAnswer('another transfer coding than chunked');
    return 'chunked';
  }
  if (length === undefined) throw new OddAnswer('a body without a length');
  if (!/^\d{1,15}$/.test(length)) throw new OddAnswer('a length that is none');
  return Number(length);
}

const LONGEST_IDLE_MS = 4_000;
/** The server may close a moment before we write. */
const IDLE_MARGIN_MS = 1_000;

function idleMsOf(keepAlive: string | undefined): number {
  const seconds = /\btimeout=(\d{1,6})/.exec(keepAlive ?? '')?.[1];
  return seconds === undefined ? LONGEST_IDLE_MS : Math.max(0, Number(seconds) * 1_000 - IDLE_MARGIN_MS);
}
