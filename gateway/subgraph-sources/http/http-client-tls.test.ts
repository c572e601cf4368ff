import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { silentLog } from '../../../subgraphs/shared/log.ts';
import { gatewayContext } from '../../gateway-context.ts';
import { remoteCall } from '../remote-call.ts';
import { subgraphSource } from '../subgraph-source.ts';
import { httpClient } from './http-client.ts';
import { selfSigned } from './self-signed.fixture.ts';

const identity = selfSigned();
const server = createServer(identity, (request, response) => {
  request.resume().once('end', () => {
    response.end('x'.repeat(100_000) + String(request.socket.remotePort));
  });
});
const known = tls.getCACertificates('default');

beforeAll(async () => {
  await once(server.listen(0, 'localhost'), 'listening');
});
afterAll(() => {
  tls.setDefaultCACertificates(known);
  server.closeAllConnections();
  server.close();
});

async function asked(host: string, client = clientOf(host)): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const text = `POST / HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 2\r\n\r\n{}`;
  client.send({ text, read: true }, { answered: (answer) => resolve(answer.body.toString()), failed: reject });
  return promise;
}

function clientOf(host: string) {
  const url = new URL(`https://${host}:${(server.address() as AddressInfo).port}/`);
  return httpClient({ url, maxBytes: 1_000_000, connections: 1, queue: 1 });
}

test('a certificate that nobody vouches for is refused', async () => {
  await expect(asked('localhost')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('behind one that is trusted calls share a connection', async () => {
  tls.setDefaultCACertificates([...known, identity.cert]);
  const client = clientOf('localhost');
  const first = await asked('localhost', client);
  expect(first.length).toBeGreaterThan(100_000);
  expect(await asked('localhost', client)).toBe(first);
});

test('the certificate must be of the host that was asked', async () => {
  tls.setDefaultCACertificates([...known, identity.cert]);
  const { address } = server.address() as AddressInfo;
  await expect(asked(address.includes(':') ? `[${address}]` : address)).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

test('a subgraph whose certificate has expired is told in the log, with whose it is and what to do', async () => {
  const expired = selfSigned('localhost', { notAfter: '250101000000Z' });
  tls.setDefaultCACertificates([...known, expired.cert]);
  const old = createServer(expired);
  await once(old.listen(0, 'localhost'), 'listening');
  const url = `https://localhost:${(old.address() as AddressInfo).port}/graphql`;
  const call = remoteCall({ name: 'person', url, timeoutMs: 5_000, assertionKey: null, retries: 0 });
  const told: object[] = [];
  const log = { ...silentLog, warn: (entry: object) => void told.push(entry) };
  const { signal } = new AbortController();
  const context = gatewayContext({ hub: null, requestId: 'r-1', signal, traceparent: null });
  const answer = await subgraphSource('person', call, { log })({ query: '{ person { id } }', variables: {} }, context);
  call.close();
  old.close();
  expect(answer.errors).toMatchObject([{ extensions: { code: 'SOURCE_UNAVAILABLE' } }]);
  const problem = expect.stringMatching(/certificate of person has expired .*\(CERT_HAS_EXPIRED\): renew it/);
  expect(told).toMatchObject([{ subgraph: 'person', cause: { problem } }]);
});
