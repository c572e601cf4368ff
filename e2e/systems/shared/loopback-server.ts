import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FaultSwitch } from './fault-switch.ts';
import { serveWithFaults, type FaultOptions } from './serve-with-faults.ts';

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Ends at once, open connections included. */
  close(): Promise<void>;
}
interface LoopbackOptions extends FaultOptions {
  readonly handler: RequestListener;
  readonly faults: FaultSwitch;
  /** 0 = any free port. */
  readonly port?: number;
}

/**
 * A plain HTTP server on 127.0.0.1 with every fault of `FAULTS`: while `down` is on, open connections are dropped and
 * new ones are reset before they can ask anything.
 */
export async function startLoopbackServer({
  handler,
  faults,
  port = 0,
  ...options
}: LoopbackOptions): Promise<LoopbackServer> {
  const server = createServer(serveWithFaults(handler, faults, options));
  server.on('connection', (socket) => {
    if (faults.current() === 'down') socket.resetAndDestroy();
  });
  faults.onChange((fault) => {
    if (fault === 'down') server.closeAllConnections();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
