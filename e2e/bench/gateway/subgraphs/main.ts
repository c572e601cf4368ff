/**
 * The six subgraphs of the gateway benchmark, each at a port of its own, all in this process: so cheap that the gateway is
 * what is measured. Prints one line of JSON, name → address. Loopback only.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ASSERTION_HEADER } from '../../../../subgraphs/shared/assertion.ts';
import { messageReader } from '../http-messages.ts';
import { asFederation1 } from './as-federation-1.ts';
import { BENCH_SUBGRAPHS, type BenchSubgraph } from './bench-subgraphs.ts';
import { execution, type Operation } from './execution.ts';

const ASSERTED = new RegExp(`\\r\\n${ASSERTION_HEADER}:`, 'i');
const open = new Set<Socket>();
const urls: Record<string, string> = {};
const servers = await Promise.all(BENCH_SUBGRAPHS.map(serve));
process.stdout.write(`${JSON.stringify({ urls })}\n`);
process.once('SIGTERM', () => {
  for (const server of servers) server.close();
  for (const socket of open) socket.destroy();
});

/** In a list each operation says for itself for whom it is asked. */
function isAsserted({ extensions = {} }: { readonly extensions?: object }): boolean {
  return ASSERTION_HEADER in extensions;
}

async function serve({ name, sdl, roots }: BenchSubgraph) {
  // Asked by mercurius, which composes by itself and knows Federation 1 only.
  const service = { __typename: '_Service', sdl: asFederation1(sdl) };
  const { text } = execution({ roots: { ...roots, _service: () => service } });
  const answerTo = (head: string, body: Buffer): string => {
    const asked: Operation | readonly Operation[] = JSON.parse(body.toString());
    if (!Array.isArray(asked)) return text(asked as Operation, { decisions: ASSERTED.test(head) });
    return `[${asked.map((one) => text(one, { decisions: isAsserted(one) })).join(',')}]`;
  };
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    const read = messageReader(({ head, body }) => {
      try {
        socket.write(response('200 OK', answerTo(head, body)));
      } catch (error) {
        socket.write(
          response('400 Bad Request', JSON.stringify({ errors: [{ message: `${name}: ${String(error)}` }] })),
        );
      }
    });
    socket.on('data', read);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  urls[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return server;
}

function response(status: string, body: string): string {
  const length = Buffer.byteLength(body);
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${length}\r\n\r\n${body}`;
}
