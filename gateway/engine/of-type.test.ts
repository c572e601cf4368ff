import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { isOfType } from './of-type.ts';

const schema = buildSchema(`
  type Query { pet: Pet }
  interface Being { name: String }
  interface Animal implements Being { name: String }
  type Cat implements Animal & Being { name: String }
  type Dog { name: String }
  union Pet = Cat | Dog
  scalar Date
`);

test.each([
  ['Cat', 'Cat', true],
  ['Cat', 'Animal', true],
  ['Cat', 'Being', true],
  ['Cat', 'Pet', true],
  ['Dog', 'Pet', true],
  ['Animal', 'Being', true],
  ['Animal', 'Animal', true],
  ['Being', 'Animal', false],
  ['Dog', 'Animal', false],
  ['Animal', 'Cat', false],
  ['Cat', 'Dog', false],
  ['Pet', 'Animal', false],
  ['Date', 'Pet', false],
  ['Nobody', 'Pet', false],
  ['Cat', 'Nobody', false],
  ['constructor', 'Pet', false],
  ['__proto__', 'Pet', false],
])('%s is of type %s: %p', (typename, condition, expected) => {
  expect(isOfType(schema, typename, condition)).toBe(expected);
});
