import { expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { noteErrors } from './run.ts';

function* failures(count: number): Generator<GraphQLError> {
  for (let i = 0; i < count; i += 1) yield new GraphQLError(`${i}`, { path: [i], extensions: { code: 'C' } });
}

test('all errors are noted, in order', () => {
  const run = { errors: [...failures(1)] };
  noteErrors(run, failures(3));
  expect(run.errors.map(({ message }) => message)).toEqual(['0', '0', '1', '2']);
});

test('of a million the first ten thousand, and that there were more', () => {
  const run = { errors: [] as GraphQLError[] };
  for (let i = 0; i < 3; i += 1) noteErrors(run, failures(1_000_000));
  expect(run.errors).toHaveLength(10_001);
  expect(run.errors.at(-1)).toMatchObject({ message: 'There were more errors.', extensions: { code: 'C' } });
  expect(run.errors.at(-1)?.path).toBeUndefined();
});
