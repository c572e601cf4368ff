import { expect, test } from '@jest/globals';
import { type Answered, isAnswered, own, setOwn } from './own.ts';

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a name like any other', (name) => {
  const object: Answered = {};
  expect(own(object, name)).toBeUndefined();
  setOwn(object, name, { polluted: true });
  expect(own(object, name)).toEqual({ polluted: true });
  expect(Object.keys(object)).toEqual([name]);
  expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  setOwn(object, name, 2);
  expect(own(object, name)).toBe(2);
  expect(own({}, 'polluted')).toBeUndefined();
});

test.each([
  [{}, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  [undefined, false],
  ['text', false],
  [1, false],
])('%p is an object of an answer: %p', (value, expected) => {
  expect(isAnswered(value)).toBe(expected);
});
