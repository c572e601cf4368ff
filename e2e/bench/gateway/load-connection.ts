import { once } from 'node:events';
import { connect } from 'node:net';
import { messageReader } from './http-messages.ts';

/** One open connection, with one request on its way at most. */
export interface LoadConnection {
  /** `whole` is false where the answer is no success or has errors. */
  send(request: Buffer, answered: (whole: boolean) => void): void;
  close(): void;
}

/** Throws through `broken` when the other side closes it: then the figures are of no use. */
export async function loadConnection(url: string, broken: (error: Error) => void): Promise<LoadConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  let waiting: ((whole: boolean) => void) | null = null;
  let closing = false;
  socket.on(
    'data',
    messageReader(({ head, body }) => {
      const answered = waiting;
      waiting = null;
      answered?.(head.startsWith('HTTP/1.1 200') && !body.includes('"errors":'));
    }),
  );
  socket.on('error', broken);
  socket.on('close', () => {
    if (!closing) broken(new Error('the contestant closed a connection'));
  });
  return {
    send: (request, answered) => {
      waiting = answered;
      socket.write(request);
    },
    close: () => {
      closing = true;
      socket.destroy();
    },
  };
}
