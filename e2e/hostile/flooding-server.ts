/** A server on loopback that greets as it should, and answers the first real question with more than anybody wants. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What to say to a piece of what the client sent; `flood` ends the good manners. */
type Reply = Uint8Array | 'flood';

interface FloodingServer {
  readonly port: number;
  /** How many bytes of the flood went out before the client closed the connection. */
  readonly sent: Promise<number>;
  close(): Promise<void>;
}

const GIGABYTES = 2 * 1024 ** 3;

/** `flood` is its first piece, once, and then the others over and over. */
export async function floodingServer(
  replies: { readonly greeting?: Uint8Array; replyTo(asked: Buffer, first: boolean): Reply },
  flood: readonly Uint8Array[],
): Promise<FloodingServer> {
  const { promise: sent, resolve } = Promise.withResolvers<number>();
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let first = true;
    let flooded = false;
    socket.on('error', () => undefined);
    if (replies.greeting) socket.write(replies.greeting);
    socket.on('data', (asked) => {
      if (flooded) return;
      const reply = replies.replyTo(asked, first);
      first = false;
      flooded = reply === 'flood';
      if (reply === 'flood') void pour(socket, flood).then(resolve);
      else socket.write(reply);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    sent,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function pour(socket: Socket, [first, ...again]: readonly Uint8Array[]): Promise<number> {
  // Not `once`, which takes the loss of the connection for its own failure.
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  socket.on('close', () => resolve());
  let bytes = 0;
  socket.write(first ?? '');
  while (!socket.destroyed && bytes < GIGABYTES)
    for (const piece of again) {
      if (socket.destroyed) break;
      bytes += piece.length;
      if (!socket.write(piece)) await Promise.race([drained(socket), closed]);
    }
  await closed;
  return bytes;
}

const drained = (socket: Socket) => new Promise<void>((resolve) => socket.once('drain', () => resolve()));
