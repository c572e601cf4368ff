import { describe, expect, test } from '@jest/globals';
import { type Seen, seen, verdict } from './judge.ts';

const right: Seen = { data: '{"a":null,"b":{"c":1}}', errors: ['["a"] BAD'] };
const judge = (ours: Seen, oracle: Seen | null, whole: Seen = { ...right, errors: ['["a"] undefined'] }) =>
  verdict({ ours, oracle, whole }).kind;

describe('the verdict', () => {
  test('all the same: they agree', () => {
    expect(judge(right, right)).toBe('agree');
  });
  test('other data than the whole are wrong, though the oracle has them too', () => {
    const other = { ...right, data: '{"b":{"c":1},"a":null}' };
    expect(judge(other, right)).toBe('wrong');
    expect(judge(other, other)).toBe('wrong');
  });
  test('where the oracle alone has other data it is the oracle', () => {
    expect(judge(right, { ...right, data: 'null' })).toBe('oracle-wrong');
  });
  test.each<[string, readonly string[]]>([
    ['none', []],
    ['another code', ['["a"] WORSE']],
    ['another place', ['["b","c"] BAD']],
    ['one more', ['["a"] BAD', '["b"] BAD']],
  ])('errors: %s is wrong', (_, errors) => {
    expect(judge({ ...right, errors }, right, { ...right, errors: ['["x"] undefined'] })).toBe('wrong');
  });
  test('a misfit that the oracle keeps silent beside its other errors is allowed, another error is not', () => {
    expect(judge({ ...right, errors: [...right.errors, '["b","d"] SOURCE_INVALID'] }, right)).toBe('agree');
    expect(judge({ ...right, errors: [...right.errors, '["b","d"] OTHER'] }, right)).toBe('wrong');
  });
  test('introspection is the whole’s, and a silent null is wrong there', () => {
    expect(judge(right, null)).toBe('agree');
    expect(judge({ ...right, errors: [] }, null)).toBe('wrong');
  });
});

test('what Apollo tells as an extension is an error, and each error counts once', () => {
  const extensions = { valueCompletion: [{ path: ['a', 0] }] };
  expect(seen({ data: { a: [null] }, extensions }).errors).toEqual(['["a",0] SOURCE_INVALID']);
  const twice = { message: '', path: ['a'], extensions: { code: 'X' } };
  expect(seen({ data: null, errors: [twice, twice] }).errors).toEqual(['["a"] X']);
});
