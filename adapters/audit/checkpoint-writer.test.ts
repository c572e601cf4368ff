import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { expect, test } from '@jest/globals';
import { selfSigned } from '../../gateway/subgraph-sources/http/self-signed.fixture.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { signingKey } from './audit.fixture.ts';
import { checkpointPlace } from './checkpoint-place.ts';
import { checkpointWriter } from './checkpoint-writer.ts';

test('a place whose TLS certificate has expired is told in the log, with what to do', async () => {
  const expired = selfSigned('localhost', { notAfter: '250101000000Z' });
  const known = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...known, expired.cert]);
  const server = createServer(expired);
  await once(server.listen(0, 'localhost'), 'listening');
  const place = checkpointPlace(`https://localhost:${(server.address() as AddressInfo).port}/checkpoints`);
  const store = openSqliteStore({ file: ':memory:' });
  const told: object[] = [];
  const log = { error: (entry: object) => void told.push(entry) };
  await checkpointWriter({ store, place, signingKey, log, clock: Date.now });
  server.close();
  tls.setDefaultCACertificates(known);
  await store.close();
  const problem = expect.stringMatching(/of the place of the checkpoints has expired .*: renew it there/);
  expect(told).toMatchObject([{ problem }]);
});
