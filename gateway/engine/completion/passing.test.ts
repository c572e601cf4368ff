import { expect, test } from '@jest/globals';
import { PassedText } from '../../subgraph-sources/passed-text.ts';
import type { Completing } from './completing.ts';
import { passing } from './passing.ts';

const opened = new PassedText('{"a":1}', 'shape');
opened.open();

test.each([
  ['is left as it is where its shape is the field’s', new PassedText('{"a":1}', 'shape'), false],
  ['is completed where it has another shape', new PassedText('{"a":1}', 'other'), true],
  ['is completed where somebody has opened it', opened, true],
  ['is completed where it is no text', { a: 1 }, true],
])('a value %s', (_what, value, isCompleted) => {
  const at: Completing = {
    path: [],
    misfits: [],
    forbidden: [],
    shown: null,
    introspection: {},
    absent: { has: () => false },
    passed: false,
  };
  const completed = passing((given) => ['completed', given], 'shape')(value, at, 'key');
  expect(completed).toEqual(isCompleted ? ['completed', { a: 1 }] : value);
  expect(at.passed).toBe(!isCompleted);
});
