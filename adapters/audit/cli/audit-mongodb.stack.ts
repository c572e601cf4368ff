/** `npm run audit` over a database that several gateways write, while they write it. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openMongodbStore } from '../../store/mongodb/mongodb-store.ts';
import { addressOf, type MongodbUnderTest, mongodbUnderTest } from '../../store/mongodb/mongodb-under-test.fixture.ts';
import {
  audited,
  changeRecord,
  handTurned,
  recordsIn,
  requestRecord,
  silent,
  spoolInMemory,
} from '../audit.fixture.ts';
import { checkpointPlace } from '../checkpoint-place.ts';
import { openAuditLog } from '../open-audit-log.ts';
import { signingKeyOf } from '../signing-key.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'audit-mongodb-'));
const checkpoints = `file:${join(folder, 'checkpoints.jsonl')}`;
const keys = join(folder, 'keys.json');
const pair = generateKeyPairSync('ed25519');
const signingKey = signingKeyOf(JSON.stringify(pair.privateKey.export({ format: 'jwk' })));
writeFileSync(keys, JSON.stringify({ keys: [pair.publicKey.export({ format: 'jwk' })] }));

let server: MongodbUnderTest;
beforeAll(async () => {
  server = await mongodbUnderTest();
}, 300_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const audit = (url: string, ...args: readonly string[]) => {
  const env = { PATH: process.env['PATH'] ?? '', STORE_URL: url };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env,
    timeout: 60_000,
  });
  return { status, said: stdout + stderr };
};

test('the chains of two gateways are verified and shown; a record that was changed in the database is found', async () => {
  const url = server.newUrl();
  for (const writer of ['gateway-1', 'gateway-2']) {
    const store = await openMongodbStore(addressOf(url));
    const options = { store, spool: spoolInMemory(), signingKey, log: silent, place: checkpointPlace(checkpoints) };
    const log = await openAuditLog({ ...options, every: handTurned().every, writer });
    const ids = Array.from({ length: 20 }, (_, i) => `${writer}-${i}`);
    await Promise.all(ids.map(async (id) => log.append(requestRecord({ id, persons: [audited()] }))));
    await log.close();
    await store.close();
  }
  const verify = () => audit(url, 'verify', '--checkpoints', checkpoints, '--keys', keys);
  expect(verify()).toEqual({ status: 0, said: expect.stringMatching(/gateway-1.*20[^]*gateway-2.*20/) });
  expect(audit(url, 'show', '--person', 'person-1').said.trim().split('\n')).toHaveLength(40);
  const database = await server.connect(url);
  const { batches } = database.models;
  const batch = await batches.findOne({ log: 'audit:gateway-2' }).lean();
  const records = batch?.records.map((one) => ({ ...one, text: one.text.replace('person-1', 'person-9') })) ?? [];
  await batches.updateOne({ _id: batch?._id ?? '' }, { $set: { records } });
  await database.close();
  expect(verify()).toEqual({ status: 1, said: expect.stringContaining('BAD') });
}, 120_000);

test('case 70: two gateways that move the same changes at once leave each of them in one chain, once', async () => {
  const [url, signed] = [server.newUrl(), `file:${join(folder, 'signed.jsonl')}`];
  const opened = await Promise.all(
    ['gateway-1', 'gateway-2'].map(async (writer) => {
      const store = await openMongodbStore(addressOf(url));
      const options = { store, spool: spoolInMemory(), signingKey, log: silent, place: checkpointPlace(signed) };
      return { store, log: await openAuditLog({ ...options, every: handTurned().every, writer }) };
    }),
  );
  const records = Array.from({ length: 30 }, (_, i) => changeRecord({ id: `change-${i}` }));
  const rounds = [0, 10, 20].map((from) => records.slice(from, from + 10));
  for (const some of rounds)
    await Promise.all(opened.map(async ({ log }) => Promise.all(some.map(async (record) => log.append(record)))));
  const [{ store } = { store: null }] = opened;
  const kept = store === null ? [] : await recordsIn(store);
  for (const one of opened) await one.log.close().finally(() => one.store.close());
  expect(kept.map(({ id }) => id).toSorted()).toEqual(records.map(({ id }) => id).toSorted());
  expect(audit(url, 'verify', '--checkpoints', signed, '--keys', keys)).toEqual({
    status: 0,
    said: expect.stringMatching(/^ok {3}audit:changes: 30 records/),
  });
}, 120_000);

test('an address without a store is refused in words', () => {
  const { status, said } = audit(server.newUrl(), 'verify', '--checkpoints', checkpoints, '--keys', keys);
  expect([status, said]).toEqual([1, expect.stringContaining('is not there; STORE_URL must name the one')]);
});
