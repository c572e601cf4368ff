import { isUtf8 } from 'node:buffer';
import { type AnswerHead, answerHead } from './answer-head.ts';
import { chunkedBody } from './chunked-body.ts';
import { keptBytes } from './kept-bytes.ts';
import { OddAnswer } from './odd-answer.ts';

/** What a subgraph answered, whole. */
export interface HttpAnswer {
  readonly head: AnswerHead;
  /** UTF-8. To be read at once: they may stand in the connection's buffer. */
  readonly body: Buffer;
  /** Bytes came after its end, for which nobody had asked. */
  readonly surplus: boolean;
}

/** Counts the bytes that several readers hold of answers which are not whole yet. */
export interface HeldBytes {
  readonly max: number;
  held: number;
}

const MAX_HEAD_BYTES = 16_384;
const END_OF_HEAD = Buffer.from('\r\n\r\n');

/**
 * Reads one answer after another from the bytes of a connection as they come. The bytes are read at once and not kept,
 * and so is the body that is given back: the caller may use its buffer again. Throws `OddAnswer` for what is no HTTP/1.1, for a body of more than `maxBytes`,
 * when all readers together hold too much, and for what is not UTF-8; after that, as at the end, it must be told to
 * `forget`.
 */
export function answerReader({ maxBytes, together }: { maxBytes: number; together: HeldBytes }) {
  /** The beginning of a head; later the body so far. */
  let kept = keptBytes();
  /** Of the body. */
  let size = 0;
  let head: AnswerHead | null = null;
  let chunked: ReturnType<typeof chunkedBody> | null = null;

  function keep(bytes: Buffer): void {
    size += bytes.length;
    together.held += bytes.length;
    if (size > maxBytes) throw new OddAnswer(`more than ${maxBytes} bytes`);
    if (together.held > together.max) throw new OddAnswer(`more than ${together.max} bytes in answers at a time`);
    kept.add(bytes);
  }

  /** Takes what belongs to the head and returns the rest; `null` while the head is not whole. */
  function afterHead(arrived: Buffer): Buffer | null {
    const bytes = kept.size === 0 ? arrived : Buffer.concat([kept.joined(), arrived]);
    const end = bytes.indexOf(END_OF_HEAD);
    if (end > MAX_HEAD_BYTES || (end < 0 && bytes.length > MAX_HEAD_BYTES)) throw new OddAnswer('a head without end');
    if (end < 0) {
      kept.add(arrived);
      return null;
    }
    if (kept.size > 0) kept = keptBytes();
    const read = answerHead(bytes.toString('latin1', 0, end + 2));
    const rest = bytes.subarray(end + END_OF_HEAD.length);
    if (read.status === 101) throw new OddAnswer('another protocol');
    // RFC 9110 15.2: interim answers, heads alone, may come before the answer.
    if (read.status < 200) return afterHead(rest);
    if (typeof read.length === 'number' && read.length > maxBytes) throw new OddAnswer(`more than ${maxBytes} bytes`);
    head = read;
    return rest;
  }

  /** The body, once it is whole, and how many of these bytes were its. */
  function bodyFrom(length: AnswerHead['length'], bytes: Buffer): { content: Buffer; used: number } | null {
    if (length === 'chunked') {
      chunked ??= chunkedBody(keep);
      const used = chunked.feed(bytes);
      return chunked.isDone ? { content: utf8(kept.joined()), used } : null;
    }
    // Nearly always: all of it at once.
    if (size === 0 && bytes.length >= length) return { content: utf8(bytes.subarray(0, length)), used: length };
    const used = Math.min(bytes.length, length - size);
    keep(bytes.subarray(0, used));
    return size < length ? null : { content: utf8(kept.joined()), used };
  }

  /** Drops what there is of an answer. */
  function forget(): void {
    together.held -= size;
    head = null;
    chunked = null;
    if (kept.size > 0) kept = keptBytes();
    size = 0;
  }

  return {
    /** The answer when these bytes complete it, otherwise `null`. */
    feed(arrived: Buffer): HttpAnswer | null {
      const bytes = head === null ? afterHead(arrived) : arrived;
      if (bytes === null || head === null) return null;
      const body = bodyFrom(head.length, bytes);
      if (body === null) return null;
      const answer = { head, body: body.content, surplus: body.used < bytes.length };
      forget();
      return answer;
    },
    forget,
  };
}

function utf8(bytes: Buffer): Buffer {
  if (!isUtf8(bytes)) throw new OddAnswer('not UTF-8');
  return bytes;
}
