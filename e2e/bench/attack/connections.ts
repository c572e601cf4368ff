import { connect, type Socket } from 'node:net';
import { messageReader } from '../gateway/http-messages.ts';

/** What can be done with many connections to one address. Nothing of it waits or throws; what is closed is opened again. */
export interface Connections {
  /** Each sends its next request when it has its answer, whatever that is. */
  flood(count: number, next: () => Buffer): void;
  /** Each sends all of it at once, and again when as many bytes of answers have come as may; answers are thrown away. */
  pipeline(count: number, bytes: Buffer): void;
  /** Each sends this and reads nothing. */
  unread(count: number, bytes: Buffer): void;
  /** Each sends the first part at once and the rest a byte a second. */
  dribble(count: number, first: Buffer, rest: Buffer): void;
  /** Opened and closed again at once, so many at a time. */
  churn(count: number): void;
  /** Answers so far. */
  answers(): number;
}

const AGAIN_MS = 50;

export function connectionsTo(url: string): Connections {
  const { hostname, port } = new URL(url);
  let answers = 0;

  /** `use` is called for each connection, also for those that take the place of one that was closed. */
  function kept(count: number, use: (socket: Socket) => void): void {
    const open = () => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.on('error', () => {});
      socket.once('connect', () => use(socket));
      socket.once('close', () => setTimeout(open, AGAIN_MS));
    };
    for (let i = 0; i < count; i += 1) open();
  }

  return {
    flood: (count, next) =>
      kept(count, (socket) => {
        socket.on(
          'data',
          messageReader(() => {
            answers += 1;
            socket.write(next());
          }),
        );
        socket.write(next());
      }),
    pipeline: (count, bytes) =>
      kept(count, (socket) => {
        const send = () => socket.write(bytes, () => setTimeout(send, AGAIN_MS));
        socket.on(
          'data',
          messageReader(() => {
            answers += 1;
          }),
        );
        send();
      }),
    unread: (count, bytes) =>
      kept(count, (socket) => {
        socket.pause();
        socket.write(bytes);
      }),
    dribble: (count, first, rest) =>
      kept(count, (socket) => {
        socket.write(first);
        let at = 0;
        const timer = setInterval(() => socket.write(rest.subarray(at, (at += 1))), 1_000);
        socket.once('close', () => clearInterval(timer));
        socket.resume();
      }),
    churn: (count) =>
      kept(count, (socket) => {
        answers += 1;
        socket.destroy();
      }),
    answers: () => answers,
  };
}
