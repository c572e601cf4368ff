/** The frames of PostgreSQL's protocol 3: a type byte, a length, a body. The first frame of a client has no type. */

export interface WireMessage {
  /** `Q`, `P`, `Z` …; empty for what comes before the protocol proper. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** Cuts a stream of chunks into whole messages. */
export function messageReader({ untypedFirst }: { untypedFirst: boolean }): (chunk: Buffer) => WireMessage[] {
  let rest = Buffer.alloc(0);
  let untyped = untypedFirst;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: WireMessage[] = [];
    for (;;) {
      const header = untyped ? 0 : 1;
      if (rest.length < header + 4) return messages;
      const end = header + rest.readInt32BE(header);
      if (rest.length < end) return messages;
      const bytes = rest.subarray(0, end);
      messages.push({ type: untyped ? '' : String.fromCharCode(bytes[0] ?? 0), bytes });
      // A request for TLS is answered and followed by the start-up message, which has no type either.
      if (!isTlsRequest(bytes)) untyped = false;
      rest = rest.subarray(end);
    }
  };
}

const TLS_REQUEST = 80_877_103;
export const isTlsRequest = (bytes: Buffer) => bytes.length === 8 && bytes.readInt32BE(4) === TLS_REQUEST;

/** The SQL of a Query or Parse message; `null` for others. */
export function statementIn({ type, bytes }: WireMessage): string | null {
  if (type === 'Q') return bytes.toString('utf8', 5, bytes.length - 1);
  if (type !== 'P') return null;
  const [, text = ''] = bytes.toString('utf8', 5).split('\0');
  return text;
}

/** An ErrorResponse that ends the connection. */
export const fatalError = (sqlState: string, message: string) =>
  framed('E', `SFATAL\0VFATAL\0C${sqlState}\0M${message}\0\0`);

/** An ErrorResponse to one statement, and that the server is ready for the next within the failed transaction. */
export const statementError = (sqlState: string, message: string) =>
  Buffer.concat([framed('E', `SERROR\0VERROR\0C${sqlState}\0M${message}\0\0`), framed('Z', 'E')]);

function framed(type: string, content: string): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(5);
  header.write(type);
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}
