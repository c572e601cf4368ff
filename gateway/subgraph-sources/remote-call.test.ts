import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSecretKey } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { HubRequest } from '../../subgraphs/shared/hub-request.ts';
import { openAssertion } from '../../subgraphs/shared/assertion.ts';
import { type GatewayContext, gatewayContext } from '../gateway-context.ts';
import { remoteCall } from './remote-call.ts';

const key = createSecretKey(Buffer.alloc(32, 3));
const signal = new AbortController().signal;
const hub: HubRequest = {
  requestId: 'r-1',
  purpose: 'CARE',
  signal,
  caller: {
    subject: 'w',
    client: 'health-system',
    organisation: null,
    department: 'HEALTH',
    division: '390106',
    roles: [],
    scopes: ['health:visits:read'],
    purposes: ['CARE'],
    personId: null,
  },
};
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A subgraph that answers so; `seen` has each request's headers and path. */
async function subgraph(answer: RequestListener) {
  const seen: { headers: IncomingHttpHeaders; url: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ headers: request.headers, url: request.url });
    request.resume().once('end', () => answer(request, response));
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/deep/graphql`;
  const ask = (query: string, context: Partial<GatewayContext> = {}, assertionKey: typeof key | null = key) =>
    remoteCall({ name: 'health', url, timeoutMs: 1_000, assertionKey })(
      { query, document: parse(query), variables: {} },
      { ...gatewayContext({ hub, requestId: 'r-1', signal, traceparent: null }), ...context },
    );
  return { seen, ask };
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

test('the subgraph learns the caller from a signed assertion for it alone', async () => {
  const { seen, ask } = await subgraph(json({ data: { a: 1 } }));
  expect(await ask('{ a }')).toEqual({ data: { a: 1 } });
  const assertion = String(seen[0]?.headers['x-hub-assertion']);
  expect(openAssertion(assertion, { audience: 'health', key })).toMatchObject({
    requestId: 'r-1',
    caller: hub.caller,
    purpose: 'CARE',
  });
  expect(openAssertion(assertion, { audience: 'union', key })).toBeNull();
  expect(seen[0]?.url).toBe('/deep/graphql');
});

test('in anonymous mode nobody is named', async () => {
  const { seen, ask } = await subgraph(json({ data: { a: 1 } }));
  await ask('{ a }', { hub: null }, null);
  expect(seen[0]?.headers['x-hub-assertion']).toBeUndefined();
});

test('the trace goes on', async () => {
  const { seen, ask } = await subgraph(json({ data: {} }));
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  await ask('{ a }', { traceparent });
  expect(seen[0]?.headers.traceparent).toBe(traceparent);
});

test('a read is tried again, a mutation never', async () => {
  const { seen, ask } = await subgraph(json({}, 503));
  await expect(ask('{ a }')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  expect(seen.length).toBeGreaterThan(1);
  seen.length = 0;
  await expect(ask('mutation { a }')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  expect(seen).toHaveLength(1);
});

test.each<[string, RequestListener, string]>([
  [
    'a page of HTML',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    'SOURCE_INVALID',
  ],
  ['a list', json([]), 'SOURCE_INVALID'],
  ['errors without messages', json({ errors: [{}] }), 'SOURCE_INVALID'],
  ['401: not our key', json({ errors: [] }, 401), 'SOURCE_UNAVAILABLE'],
  ['a redirect', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'SOURCE_INVALID'],
  ['a broken connection', (request) => request.socket.destroy(), 'SOURCE_UNAVAILABLE'],
])('%s is %s', async (_, answer, code) => {
  const { ask } = await subgraph(answer);
  await expect(ask('mutation { a }')).rejects.toMatchObject({ code });
});
