import { expect, test } from '@jest/globals';
import { serverFault } from './server-fault.ts';

const build = (version: string) => ({ version, versionArray: version.split('.').map(Number) });

test.each([
  ['a replica set', build('7.0.5'), { setName: 'rs' }],
  ['a newer one', build('8.2.0'), { setName: 'rs' }],
  ['a sharded cluster', build('8.0.1'), { msg: 'isdbgrid' }],
])('%s will do', (_what, version, hello) => {
  expect(serverFault(version, hello)).toBeNull();
});

test.each([
  ['an old version', build('6.0.19'), { setName: 'rs' }, /MongoDB 6\.0\.19: install 7\.0 or later/],
  ['a server alone', build('8.0.0'), {}, /start it as a replica set/],
])('%s will not do, and the remedy is said', (_what, version, hello, message) => {
  expect(serverFault(version, hello)).toMatch(message);
});
