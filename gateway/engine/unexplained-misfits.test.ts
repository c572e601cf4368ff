import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { unexplainedMisfits } from './unexplained-misfits.ts';

type Path = readonly (string | number)[];
const unexplained = (misfits: readonly Path[], errors: readonly (Path | undefined)[]) => [
  ...unexplainedMisfits(
    misfits,
    errors.map((path) => new GraphQLError('m', { path })),
  ),
];

test('a misfit is an error of its own', () => {
  expect(unexplained([['a', 0]], [['b']])).toMatchObject([
    { path: ['a', 0], extensions: { code: 'SOURCE_INVALID' }, message: 'A part of the answer did not fit the schema.' },
  ]);
});

test.each<[string, Path]>([
  ['at it', ['a', 0, 'b']],
  ['above it', ['a']],
  ['below it', ['a', 0, 'b', 'c', 1]],
])('an error %s explains it', (_, path) => {
  expect(unexplained([['a', 0, 'b']], [['x'], path])).toEqual([]);
});

test.each<[string, Path | undefined]>([
  ['at the root', []],
  ['without a path', undefined],
  ['beside it', ['a', 1, 'b']],
  ['of another kind of key', ['a', '0', 'b']],
  ['of an inherited name', ['constructor']],
])('an error %s does not', (_, path) => {
  expect(unexplained([['a', 0, 'b']], [path])).toHaveLength(1);
});

test('one each, as comparing each with each finds', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 0, 1), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(path, { maxLength: 6 }), fc.array(path, { maxLength: 6 }), (misfits, errors) => {
      const isAlong = (one: Path, other: Path) => one.every((key, i) => i >= other.length || key === other[i]);
      const expected = misfits.filter((misfit) => !errors.some((error) => isAlong(error, misfit)));
      expect(unexplained(misfits, errors).map((error) => error.path)).toEqual(expected);
    }),
  );
});

test('a hundred thousand misfits and as many errors are compared in no time', () => {
  const paths = (name: string) => Array.from({ length: 100_000 }, (_, i) => ['list', i, name]);
  const started = performance.now();
  expect(unexplained(paths('a'), paths('a'))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(10_000);
});
