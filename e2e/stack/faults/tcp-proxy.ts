import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** A connection between two parts, which can be made bad. */
export interface TcpProxy {
  /** Where it listens, on 127.0.0.1. */
  readonly port: number;
  /** Every piece of data comes so much later, in both directions; 0 = at once. */
  delay(ms: number): void;
  /** Breaks what is open, and nobody listens any more. */
  cut(): Promise<void>;
  /** Whole and fast again. */
  mend(): Promise<void>;
  /** Breaks what is open; from now on another is at the other end. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** Listens on any free port of 127.0.0.1 and hands everything on to `port`. */
export async function tcpProxy(port: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let end = port;
  let delayMs = 0;
  const late = async function* (source: AsyncIterable<Buffer>) {
    for await (const piece of source) {
      // What is still to come late keeps no process that has closed everything.
      if (delayMs > 0) await pause(delayMs, undefined, { ref: false });
      yield piece;
    }
  };
  const server = createServer((client) => {
    const target = connect(end, '127.0.0.1');
    for (const socket of [client, target]) {
      open.add(socket.setNoDelay(true));
      socket.once('close', () => open.delete(socket));
    }
    // What breaks one side breaks the other.
    void Promise.allSettled([pipeline(client, late, target), pipeline(target, late, client)]);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port: own } = server.address() as AddressInfo;
  const breakAll = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const cut = async () => {
    breakAll();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  return {
    port: own,
    delay: (ms) => {
      delayMs = ms;
    },
    cut,
    mend: async () => {
      delayMs = 0;
      if (!server.listening) await once(server.listen(own, '127.0.0.1'), 'listening');
    },
    leadTo: (other) => {
      end = other;
      breakAll();
    },
    close: cut,
  };
}
