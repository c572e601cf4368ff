import type { IncomingMessage } from 'node:http';
import { limitExceeded } from '../limits/limits.ts';

/**
 * The body of a request, whole. `null` = the client went before it had sent it. Throws `LIMIT_EXCEEDED` at the first byte
 * too many, or before any if the header announces them. How slowly it may come is the server's matter (`requestTimeout`).
 */
export function readBody(request: IncomingMessage, { maxBytes }: { maxBytes: number }): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const refuse = () => {
      request.off('data', onData).off('end', onEnd);
      reject(limitExceeded('bodyBytes'));
    };
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return reject(limitExceeded('bodyBytes'));
    let bytes = 0;
    const chunks: Buffer[] = [];
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) return refuse();
      chunks.push(chunk);
    };
    const onEnd = () => {
      const [first] = chunks;
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks));
    };
    request.on('data', onData).on('end', onEnd);
    // After `end` it changes nothing any more.
    request.on('error', () => resolve(null)).on('close', () => resolve(null));
  });
}
