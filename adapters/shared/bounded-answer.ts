import type { Duplex } from 'node:stream';
import type { SqlFailure } from './sql-driver.ts';

/** Of all that comes back for one statement. The limit of rows holds an honest server; drivers keep whatever comes. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

class AnswerTooBig extends Error {}

/**
 * Closes the connection of a database as soon as more comes over it than one statement may bring: bytes are counted as
 * they arrive, before any message is whole.
 */
export async function withinBytes<T>(stream: Duplex, ask: () => Promise<T>): Promise<T> {
  let bytes = 0;
  const count = (piece: Uint8Array) => {
    bytes += piece.length;
    if (bytes > MAX_ANSWER_BYTES) stream.destroy();
  };
  stream.on('data', count);
  try {
    return await ask();
  } catch (error) {
    throw bytes > MAX_ANSWER_BYTES ? new AnswerTooBig() : error;
  } finally {
    stream.off('data', count);
  }
}

/** What that means to who asked; `null` where it is another error. */
export function failureOfSize(error: unknown): SqlFailure | null {
  return error instanceof AnswerTooBig ? { code: 'SOURCE_INVALID', state: 'too many bytes', transient: false } : null;
}
