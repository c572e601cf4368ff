import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FaultSwitch } from './fault-switch.ts';
import { serveWithFaults, type FaultOptions } from './serve-with-faults.ts';

export interface LoopbackServer {
  /** `http://HOST:PORT`, without a slash at the end. */
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
  readonly host?: string;
}

/**
 * A plain HTTP server, on 127.0.0.1 unless told, with every fault of `FAULTS`: while `down` is on, open connections are dropped and
 * new ones are reset before they can ask anything.
 */
export async function startLoopbackServer({
  handler,
  faults,
  port = 0,
  host = '127.0.0.1',
  ...options
}: LoopbackOptions): Promise<LoopbackServer> {
  const server = createServer(serveWithFaults(handler, faults, options));
  server.on('connection', (socket) => {
    if (faults.current() === 'down') socket.resetAndDestroy();
  });
  faults.onChange((fault) => {
    if (fault === 'down') server.closeAllConnections();
  });
  server.listen(port, host);
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
