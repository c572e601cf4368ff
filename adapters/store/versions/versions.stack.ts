import { afterAll, beforeAll } from '@jest/globals';
import { type MongodbUnderTest, mongodbUnderTest } from '../mongodb/mongodb-under-test.fixture.ts';
import { describeVersions } from './versions.contract.ts';

let server: MongodbUnderTest;
beforeAll(async () => {
  server = await mongodbUnderTest();
}, 300_000);
afterAll(async () => server.close());

describeVersions('a database', { newUrl: () => server.newUrl() }, { shared: true });
