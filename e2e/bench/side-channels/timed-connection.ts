import { once } from 'node:events';
import { connect } from 'node:net';
import { messageReader } from '../gateway/http-messages.ts';

/** What somebody outside can measure of one answer, in milliseconds since its request was written. */
export interface Timing {
  readonly firstByteMs: number;
  readonly totalMs: number;
  readonly head: string;
  readonly body: string;
}

export interface TimedConnection {
  /** One at a time. `plantedMs` is waited before the request is written, and counts: a difference that is surely there. */
  ask(request: Buffer, plantedMs?: number): Promise<Timing>;
  close(): void;
}

/** A connection of its own, that stays open, with as little as possible between clock and socket. */
export async function timedConnection(url: string): Promise<TimedConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  let [sentAt, firstByteMs] = [0, Number.NaN];
  let waiting = Promise.withResolvers<Timing>();
  const read = messageReader(({ head, body }) =>
    waiting.resolve({ firstByteMs, totalMs: performance.now() - sentAt, head, body: body.toString() }),
  );
  socket.on('data', (bytes) => {
    if (Number.isNaN(firstByteMs)) firstByteMs = performance.now() - sentAt;
    read(bytes);
  });
  const broken = () => waiting.reject(new Error('the hub closed the connection'));
  socket.on('error', broken).on('close', broken);
  // A connection that is closed while nobody waits is no failure.
  waiting.promise.catch(() => {});
  return {
    ask: async (request, plantedMs = 0) => {
      waiting = Promise.withResolvers<Timing>();
      firstByteMs = Number.NaN;
      sentAt = performance.now();
      while (performance.now() - sentAt < plantedMs);
      socket.write(request);
      return waiting.promise;
    },
    close: () => socket.destroy(),
  };
}
