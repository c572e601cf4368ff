import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import mongoose from 'mongoose';
import { CLIENT } from './database.ts';

// Of an old name in a URL the driver warns.
beforeAll(() => {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
});
afterAll(() => {
  jest.restoreAllMocks();
});

const clientOf = (query: string) => new mongoose.mongo.MongoClient(`mongodb://db1,db2/care?${query}`, CLIENT).options;

test.each([
  'w=1',
  'journal=false',
  'j=false',
  'fsync=false',
  'w=0&journal=false&j=false&fsync=false',
  'wtimeoutMS=1',
  'readConcernLevel=local',
  'readPreference=secondaryPreferred',
  'retryWrites=false&retryReads=false',
])('%s in STORE_URL takes nothing from what an acknowledged change and a read are worth', (query) => {
  expect(clientOf(query)).toMatchObject({
    writeConcern: { w: 'majority', j: true, journal: true, wtimeoutMS: 20_000 },
    readConcern: { level: 'majority' },
    readPreference: { mode: 'primary' },
    retryWrites: true,
    retryReads: true,
  });
});
