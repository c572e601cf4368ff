import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitEntities } from './split-entities.ts';

const QUERY = 'query ($representations: [_Any!]!) { of: _entities(representations: $representations) { __typename } }';
const split = (answer: Parameters<typeof splitEntities>[0], lengths: readonly number[]) => {
  const representations = Array(lengths.reduce((sum, length) => sum + length, 0)).fill('of somebody');
  return splitEntities(answer, { operation: { query: QUERY, variables: { representations } }, lengths });
};
const failed = (...path: (string | number)[]) => ({ message: 'failed', path, extensions: { code: 'X' } });

test('each gets its entities, and the errors about them at its own places', () => {
  const data = { of: ['a', 'b', null, 'd'] };
  const errors = [failed('of', 2, 'health', 'visits', 0), failed('of', 1), failed('of', 2)];
  expect(split({ data, errors }, [2, 0, 2])).toEqual([
    { data: { of: ['a', 'b'] }, errors: [{ ...errors[1], path: ['of', 1] }] },
    { data: { of: [] } },
    {
      data: { of: [null, 'd'] },
      errors: [
        { ...errors[0], path: ['of', 0, 'health', 'visits', 0] },
        { ...errors[2], path: ['of', 0] },
      ],
    },
  ]);
});

test.each([
  ['fewer entities', { data: { of: [1, 2] } }],
  ['more entities', { data: { of: [1, 2, 3, 4] } }],
  ['no list', { data: { of: {} } }],
  ['another name', { data: { _entities: [1, 2, 3] } }],
  ['no data', { data: null, errors: [failed('of', 0)] }],
  ['an error without a path', { data: { of: [1, 2, 3] }, errors: [{ message: 'x' }] }],
  ['an error of them all', { data: { of: [1, 2, 3] }, errors: [failed('of')] }],
  ['an error of an entity that nobody asked for', { data: { of: [1, 2, 3] }, errors: [failed('of', 3)] }],
  ['an error before the first', { data: { of: [1, 2, 3] }, errors: [failed('of', -1)] }],
  ['an error between two', { data: { of: [1, 2, 3] }, errors: [failed('of', 0.5)] }],
  ['an error elsewhere', { data: { of: [1, 2, 3] }, errors: [failed('_entities', 0)] }],
])('%s cannot be cut fairly', (_, answer) => {
  expect(split(answer, [1, 2])).toBeNull();
});

test('what is cut is the whole: nothing is lost, doubled or given to another', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { minLength: 1 }), fc.array(fc.nat(40)), (lengths, places) => {
      const total = lengths.reduce((sum, length) => sum + length, 0);
      const entities = [...Array(total).keys()];
      const errors = places.filter((place) => place < total).map((place) => failed('of', place, `at ${place}`));
      const parts = split({ data: { of: entities }, errors }, lengths) ?? [];
      expect(parts.flatMap(({ data }) => data?.of)).toEqual(entities);
      for (const { data, errors: mine = [] } of parts) {
        const list = data?.of as number[];
        for (const { path } of mine) expect(path?.[2]).toBe(`at ${list[Number(path?.[1])]}`);
      }
      expect(parts.flatMap(({ errors: mine = [] }) => mine)).toHaveLength(errors.length);
    }),
  );
});
