import { describe, expect, test } from '@jest/globals';
import { type Seen, seen, verdict } from './judge.ts';

const right: Seen = { data: '{"a":null,"b":{"c":1}}', errors: ['["a"] BAD'] };
const judge = (ours: Seen, oracle: Seen | null, whole: Seen = right) => verdict({ ours, oracle, whole }).kind;
const withMore = (...errors: readonly string[]): Seen => ({ ...right, errors: [...right.errors, ...errors] });

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
    ['one more', ['["a"] BAD', '["b","c"] WORSE']],
  ])('errors: %s is wrong, whatever the oracle says', (_, errors) => {
    const ours = { ...right, errors };
    expect(judge(ours, right)).toBe('wrong');
    expect(judge(ours, { data: 'null', errors })).toBe('wrong');
  });
  test('an error that the whole has is right, though the oracle does not tell it', () => {
    expect(judge(right, { ...right, errors: [] })).toBe('oracle-wrong');
    const beside = '["b","x"] BESIDE';
    expect(judge(withMore(beside), { ...right, errors: [beside] })).toBe('oracle-wrong');
  });
  test('what graphql-js finds wrong itself has no code in the whole', () => {
    for (const code of ['SOURCE_INVALID', 'DOWNSTREAM_SERVICE_ERROR']) {
      const both = { ...right, errors: [`["a"] ${code}`] };
      expect(judge(both, both, { ...right, errors: ['["a"] undefined'] })).toBe('agree');
    }
    expect(judge(right, right, { ...right, errors: ['["a"] undefined'] })).toBe('wrong');
  });
  test('a null that may not be is told by an error below it, what a field says itself is not', () => {
    const below = { ...right, errors: ['["a","d"] BAD'] };
    expect(judge(below, below, { ...right, errors: ['["a"] undefined'] })).toBe('agree');
    expect(judge(below, below)).toBe('wrong');
  });
  test('a misfit of the whole that the oracle keeps silent beside its other errors is no difference', () => {
    const misfit = { ...right, errors: ['["a"] SOURCE_INVALID', '["b","x"] BESIDE'] };
    expect(judge(misfit, { ...right, errors: ['["b","x"] BESIDE'] }, { ...right, errors: ['["a"] undefined'] })).toBe(
      'agree',
    );
    expect(judge(withMore('["b","c"] SOURCE_INVALID'), right)).toBe('wrong');
  });
  test('what a plan asks besides may fail: as the oracle tells, or, where it is wrong, at places that nobody asked for', () => {
    const beside = withMore('["b","x"] BESIDE');
    expect(judge(beside, beside)).toBe('agree');
    expect(judge(beside, right)).toBe('wrong');
    expect(judge(beside, { ...right, data: 'null' })).toBe('oracle-wrong');
    expect(judge(beside, withMore('["b","x"] BESIDE', '["b","y"] BESIDE'))).toBe('wrong');
    expect(judge(right, beside)).toBe('oracle-wrong');
  });
  test('introspection is the whole’s, and a silent null is wrong there', () => {
    expect(judge(right, null)).toBe('agree');
    expect(judge({ ...right, errors: [] }, null)).toBe('wrong');
    expect(judge(withMore('["b","c"] MORE'), null)).toBe('wrong');
  });
});

test('what Apollo tells as an extension is an error, and each error counts once', () => {
  const extensions = { valueCompletion: [{ path: ['a', 0] }] };
  expect(seen({ data: { a: [null] }, extensions }).errors).toEqual(['["a",0] SOURCE_INVALID']);
  const twice = { message: '', path: ['a'], extensions: { code: 'X' } };
  expect(seen({ data: null, errors: [twice, twice] }).errors).toEqual(['["a"] X']);
});
