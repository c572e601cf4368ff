import { expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { StoreError } from '../../adapters/store/port.ts';
import { cursorsTold } from './cursors-told.ts';

const failed = (originalError: Error) => new GraphQLError(originalError.message, { path: ['list'], originalError });

test('a cursor that the store refuses is bad input, told without naming the store', () => {
  const { data, errors } = cursorsTold({
    data: { list: null },
    errors: [failed(new StoreError('STORE_INVALID', { store: 'secret.db', reason: 'CURSOR' }))],
  });
  expect(data).toEqual({ list: null });
  expect(errors).toMatchObject([{ path: ['list'], extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(JSON.stringify(errors)).not.toContain('secret');
});

test.each([
  new StoreError('STORE_INVALID', { store: 'x' }),
  new StoreError('STORE_FULL', { store: 'x' }),
  new Error('odd'),
])('what else fails stays as it is: %s', (error) => {
  const result = { data: { list: null }, errors: [failed(error)] };
  expect(cursorsTold(result)).toBe(result);
});
