import { expect, test } from '@jest/globals';
import { peerVersions } from './peer-versions.ts';

test('each peer has a version, with graphql where mercurius still works', () => {
  const line = peerVersions();
  expect(line).toMatch(/@graphql-hive\/gateway \d+\.\d+\.\d+, .*@mercuriusjs\/gateway \d+.*graphql 16\.12\.0$/);
  expect(line).not.toContain('?');
});
