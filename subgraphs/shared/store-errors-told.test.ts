import { expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { StoreError } from '../../adapters/store/port.ts';
import { storeErrorsTold } from './store-errors-told.ts';

const failed = (originalError: Error) => new GraphQLError(originalError.message, { path: ['list'], originalError });

test.each([
  ['a cursor that the store refuses is bad input', { code: 'STORE_INVALID', reason: 'CURSOR' }, 'BAD_USER_INPUT'],
  ['a store that cannot be reached is away', { code: 'STORE_UNAVAILABLE' }, 'STORE_UNAVAILABLE'],
  ['a store without room is away', { code: 'STORE_FULL' }, 'STORE_UNAVAILABLE'],
  ['a store that became read-only is away', { code: 'STORE_READ_ONLY' }, 'STORE_UNAVAILABLE'],
] as const)('%s, told without naming the store', (_what, { code, ...options }, told) => {
  const { data, errors = [] } = storeErrorsTold({
    data: { list: null },
    errors: [failed(new StoreError(code, { store: 'secret.db', ...options }))],
  });
  expect(data).toEqual({ list: null });
  expect(errors).toMatchObject([{ path: ['list'], extensions: { code: told } }]);
  expect(JSON.stringify(errors)).not.toContain('secret');
  // For the log, which says what is wrong with it.
  expect(errors[0]?.originalError).toMatchObject({ name: 'StoreError', code });
});

test.each([
  new StoreError('STORE_INVALID', { store: 'x' }),
  new StoreError('STORE_CORRUPT', { store: 'x' }),
  new Error('odd'),
])('what else fails stays as it is: %s', (error) => {
  const result = { data: { list: null }, errors: [failed(error)] };
  expect(storeErrorsTold(result)).toBe(result);
});

test('beside one that is told another stays as it is', () => {
  const odd = failed(new Error('odd'));
  const away = failed(new StoreError('STORE_UNAVAILABLE', { store: 'x' }));
  expect(storeErrorsTold({ data: null, errors: [odd, away] }).errors?.[0]).toBe(odd);
});
