import { expect, test } from '@jest/globals';
import { placeOf } from './place-of.ts';

test.each([
  ['(garbage collector)', '', 'garbage collector'],
  ['parse', '', 'V8 and native code'],
  ['writev', 'node:internal/stream_base_commons', 'Node'],
  ['run', 'file:///srv/hub/gateway/engine/run.ts', 'gateway/engine/'],
  ['verify', 'file:///srv/hub/node_modules/jose/dist/verify.js', 'jose'],
  ['visit', 'file:///srv/hub/node_modules/@apollo/gateway/node_modules/graphql/visitor.js', 'graphql'],
])('%s in "%s" is in %s', (functionName, url, place) => {
  expect(placeOf({ functionName, url })).toBe(place);
});
