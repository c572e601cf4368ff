import { expect, test } from '@jest/globals';
import { callCounter } from './call-counter.ts';

test('calls are counted by name until they are reset', () => {
  const counter = callCounter();
  counter.count('visits');
  counter.count('visits');
  counter.count('token');
  expect(counter.calls()).toEqual({ visits: 2, token: 1 });
  counter.reset();
  expect(counter.calls()).toEqual({});
});
