import type { IncomingMessage } from 'node:http';

/** The body of a small request. Throws when it is longer than 4 KiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > 4_096) throw new Error('the body is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
