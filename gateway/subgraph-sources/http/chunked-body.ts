import { OddAnswer } from './odd-answer.ts';

/** RFC 9112 7.1 without chunk extensions and trailers, which nothing here sends. */
const SIZE_LINE = /^[\dA-Fa-f]{1,8}$/;
/** Of a size line with its CRLF. */
const LONGEST_LINE = 10;

/**
 * Reads a chunked body piece by piece: each call gets the next bytes and answers how many of them were the body's;
 * `take` gets its content. `isDone` after the last chunk. Throws `OddAnswer`.
 */
export function chunkedBody(take: (content: Buffer) => void) {
  let line = '';
  let remaining = 0;
  let expects: 'size' | 'content' | 'end of chunk' | 'end' | 'nothing' = 'size';

  /** Collects a line up to its CRLF; `null` while it is not whole. */
  function lineFrom(bytes: Buffer, at: number): { text: string | null; next: number } {
    const end = bytes.indexOf(0x0a, at);
    const next = end < 0 ? bytes.length : end + 1;
    line += bytes.toString('latin1', at, Math.min(next, at + LONGEST_LINE + 1));
    if (line.length > LONGEST_LINE) throw new OddAnswer('a chunk size that is none');
    if (end < 0) return { text: null, next };
    if (!line.endsWith('\r\n')) throw new OddAnswer('a bare line feed in a chunked body');
    const text = line.slice(0, -2);
    line = '';
    return { text, next };
  }

  function afterLine(text: string): void {
    if (expects === 'size') {
      if (!SIZE_LINE.test(text)) throw new OddAnswer('a chunk size that is none');
      remaining = Number.parseInt(text, 16);
      expects = remaining === 0 ? 'end' : 'content';
    } else {
      if (text !== '') throw new OddAnswer(expects === 'end' ? 'trailers' : 'a chunk longer than it said');
      expects = expects === 'end' ? 'nothing' : 'size';
    }
  }

  return {
    get isDone() {
      return expects === 'nothing';
    },
    feed(bytes: Buffer): number {
      let at = 0;
      while (at < bytes.length && expects !== 'nothing') {
        if (expects === 'content') {
          const content = bytes.subarray(at, at + remaining);
          take(content);
          at += content.length;
          remaining -= content.length;
          if (remaining === 0) expects = 'end of chunk';
        } else {
          const { text, next } = lineFrom(bytes, at);
          at = next;
          if (text !== null) afterLine(text);
        }
      }
      return at;
    },
  };
}
