import { afterAll, beforeAll } from '@jest/globals';
import type { Clock } from '../port.ts';
import { CRASHES } from '../crash-count.ts';
import { describeStore } from '../store.contract.ts';
import { openMongodbStore } from './mongodb-store.ts';
import { addressOf, type MongodbUnderTest, mongodbUnderTest } from './mongodb-under-test.fixture.ts';

let server: MongodbUnderTest;
/** Of the test that runs. */
let url = '';
let clock: Clock = Date.now;
beforeAll(async () => {
  server = await mongodbUnderTest();
}, 300_000);
afterAll(async () => server.close());

/** Of what the contract does with an embedded store; all of it with `XINQIAO_MONGODB_SHARE=1`, in half an hour. */
const share = Number(process.env['XINQIAO_MONGODB_SHARE'] ?? 0.1);
const crashes = process.env['XINQIAO_CRASHES'] === undefined ? Math.ceil(30 * share) : CRASHES;

describeStore('the MongoDB store', {
  open: async (now) => {
    url = server.newUrl();
    clock = now;
    return openMongodbStore(addressOf(url), { clock });
  },
  gateways: async () => Promise.all([1, 2].map(async () => openMongodbStore(addressOf(url), { clock: () => clock() }))),
  newUrl: () => server.newUrl(),
  budget: { share, crashes, longestMs: Math.max(120_000, 1_200_000 * share) },
});
