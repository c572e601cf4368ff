/**
 * Stands in for all subgraphs: what it does not know yet it asks the real one, from then on it gives the same bytes for
 * the same query text (the marks of the hub's audit apart), whatever the variables and whoever asks. So two gateways can
 * be measured on subgraphs that cost next to nothing and need no grant. `POST /<subgraph>/graphql`; `GET /recorded`
 * tells how many answers it holds. Argument: JSON of `{ "<subgraph>": "<url of the real one>" }`. Loopback only.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { withoutMarks } from './without-marks.ts';

const upstreams = z.record(z.string(), z.url()).parse(JSON.parse(process.argv[2] ?? '{}'));
const operation = z.looseObject({ query: z.string() });
const recorded = new Map<string, Buffer>();

const server = createServer((request, response) => {
  void answerTo(request)
    .catch((error: unknown) => ({ status: 502, body: Buffer.from(String(error)) }))
    .then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
      response.end(body);
    });
});
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.stdout.write(`${JSON.stringify({ url, msg: 'ready' })}\n`);
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});

async function answerTo(request: IncomingMessage): Promise<{ status: number; body: Buffer }> {
  if (request.url === '/recorded') return { status: 200, body: Buffer.from(String(recorded.size)) };
  const name = /^\/([a-z-]+)\/graphql$/.exec(request.url ?? '')?.[1] ?? '';
  const asked = operation.parse(await json(request));
  const key = `${name} ${withoutMarks(asked.query)}`;
  const known = recorded.get(key);
  if (known !== undefined) return { status: 200, body: known };
  const assertion = request.headers['x-hub-assertion'];
  const answer = await fetch(upstreams[name] ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(typeof assertion === 'string' && { 'x-hub-assertion': assertion }),
    },
    body: JSON.stringify(asked),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  if (answer.ok) recorded.set(key, body);
  return { status: answer.status, body };
}
