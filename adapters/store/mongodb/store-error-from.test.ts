import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { expect, test } from '@jest/globals';
import { selfSigned } from '../../../gateway/subgraph-sources/http/self-signed.fixture.ts';
import { StoreConflict } from '../port.ts';
import { connectDatabase } from './database.ts';
import { isDuplicate, storeErrorFrom } from './store-error-from.ts';

const failure = (rest: object) => Object.assign(new Error('{ keys: "idHash:secret" }'), rest);

test.each([
  [{ name: 'MongoServerError', code: 13 }, 'STORE_READ_ONLY', 'readWrite'],
  [{ name: 'MongoServerError', code: 18 }, 'STORE_UNAVAILABLE', 'the account or its password is wrong'],
  [{ name: 'MongoServerError', code: 18 }, 'STORE_UNAVAILABLE', 'authSource='],
  [{ name: 'MongoServerError', code: 10334 }, 'STORE_INVALID', '16 MB'],
  [{ name: 'MongoServerError', code: 14031 }, 'STORE_FULL', 'free space'],
  [{ name: 'MongoBulkWriteError', code: 14031, writeErrors: [{ code: 14031 }] }, 'STORE_FULL', 'free space'],
  [{ name: 'MongoServerError', code: 371 }, 'STORE_READ_ONLY', 'setUserWriteBlockMode'],
  [{ name: 'MongooseServerSelectionError' }, 'STORE_UNAVAILABLE', 'no primary was found'],
  [{ name: 'MongoNetworkError' }, 'STORE_UNAVAILABLE', 'the network and the servers'],
  [{ name: 'MongoWriteConcernError', code: 64 }, 'STORE_UNAVAILABLE', 'did not confirm'],
])('%j is %s, with the remedy and without what a document holds', (rest, code, remedy) => {
  const cause = failure(rest);
  const error = storeErrorFrom(cause, 'mongodb://h/care');
  expect(error).toMatchObject({ code, cause, message: expect.stringContaining(remedy) });
  expect(error.message).toContain('mongodb://h/care');
  expect(error.message).not.toContain('secret');
});

test('a conflict passes through, and a duplicate is known by its code', () => {
  const conflict = new StoreConflict('person', { presentVersion: 3 });
  expect(storeErrorFrom(conflict, 'x')).toBe(conflict);
  expect([isDuplicate(failure({ code: 11_000 })), isDuplicate(failure({ code: 1 })), isDuplicate(null)]).toEqual([
    true,
    false,
    false,
  ]);
});

test.each([
  ['has expired', true, /certificate of the database has expired .*\(CERT_HAS_EXPIRED\): renew it/],
  ['nobody vouches for', false, /certificate of the database is not trusted .*NODE_EXTRA_CA_CERTS, or tlsCAFile/],
])('a server whose TLS certificate %s is said to have such a one', async (_what, isKnown, message) => {
  const identity = selfSigned('localhost', isKnown ? { notAfter: '250101000000Z' } : {});
  const known = tls.getCACertificates('default');
  tls.setDefaultCACertificates(isKnown ? [...known, identity.cert] : known);
  const server = tls.createServer(identity, (socket) => socket.on('error', () => {}).destroy());
  try {
    await once(server.listen(0, 'localhost'), 'listening');
    const url = `mongodb://localhost:${(server.address() as AddressInfo).port}/care?tls=true`;
    const connected = connectDatabase({ url, name: 'mongodb://h/care', dbName: 'care' }, { selectionMs: 300 });
    await expect(connected).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(message),
    });
  } finally {
    tls.setDefaultCACertificates(known);
    server.close();
  }
});
