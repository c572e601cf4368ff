/** A request or an answer of HTTP/1.1: start line and headers as they came, and the body, no longer chunked. */
export interface HttpMessage {
  readonly head: string;
  readonly body: Buffer;
}

const END_OF_HEAD = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding: *chunked/i;
const NOTHING = Buffer.alloc(0);

/**
 * Takes the bytes of one connection and tells each message that is whole. As much of RFC 9112 as two programs need that
 * know each other: node:http costs more a request than a fast gateway, and would be what is measured.
 */
export function messageReader(heard: (message: HttpMessage) => void): (bytes: Buffer) => void {
  let rest: Buffer = NOTHING;
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length > 0) {
      const found = firstMessage(rest);
      if (found === null) return;
      rest = rest.subarray(found.end);
      heard(found.message);
    }
  };
}

function firstMessage(bytes: Buffer): { message: HttpMessage; end: number } | null {
  const endOfHead = bytes.indexOf(END_OF_HEAD);
  if (endOfHead === -1) return null;
  const head = bytes.toString('latin1', 0, endOfHead);
  const start = endOfHead + END_OF_HEAD.length;
  const [, length] = LENGTH.exec(head) ?? [];
  if (length === undefined && CHUNKED.test(head)) {
    const chunked = unchunked(bytes, start);
    return chunked && { message: { head, body: chunked.body }, end: chunked.end };
  }
  const end = start + Number(length ?? 0);
  return bytes.length < end ? null : { message: { head, body: bytes.subarray(start, end) }, end };
}

/** RFC 9112 7.1, without trailers. `null` = not all there yet. */
function unchunked(bytes: Buffer, start: number): { body: Buffer; end: number } | null {
  const chunks: Buffer[] = [];
  for (let at = start; ;) {
    const endOfSize = bytes.indexOf('\r\n', at);
    if (endOfSize === -1) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, endOfSize), 16);
    if (Number.isNaN(size)) throw new Error('a chunk without a size');
    const end = endOfSize + 2 + size + 2;
    if (bytes.length < end) return null;
    if (size === 0) return { body: Buffer.concat(chunks), end };
    chunks.push(bytes.subarray(endOfSize + 2, end - 2));
    at = end;
  }
}
