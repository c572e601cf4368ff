import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

/** A request that came over a raw connection, and the connection to answer on. */
export interface RawRequest {
  readonly socket: Socket;
  /** Head and body. */
  readonly text: string;
  /** Of connections, from 0; and of requests on this one, from 0. */
  readonly connection: number;
  readonly nth: number;
}

export const okAnswer = (body: string, headers = '') =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** A server that answers with whatever bytes a test wants. */
export async function rawSubgraph(onRequest: (request: RawRequest) => void) {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    const connection = count;
    count += 1;
    let nth = 0;
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const end = text.indexOf('\r\n\r\n') + 4;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
      if (Buffer.byteLength(text.slice(end)) < length) return;
      const request = { socket, text, connection, nth };
      nth += 1;
      text = '';
      onRequest(request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`),
    /** Connections that were ever made. */
    get connections() {
      return count;
    },
    sockets,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
