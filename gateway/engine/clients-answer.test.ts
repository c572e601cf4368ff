import { expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { clientsAnswer } from './clients-answer.ts';

test('data, errors and what did not fit stand under the keys of the client', () => {
  const error = new GraphQLError('m', { path: ['xinqiao_as_id', 0, 'x__alias_0'], extensions: { code: 'C' } });
  const answer = clientsAnswer({
    data: { xinqiao_as_id: [{ xinqiao_as___proto__: 1, xinqiao_as_xinqiao_as_a: null, b: 'xinqiao_as_b' }] },
    errors: [error, { message: 'n' }],
    extensions: { valueCompletion: [error], other: 1 },
  });
  expect(JSON.stringify(answer.data)).toBe('{"id":[{"__proto__":1,"xinqiao_as_a":null,"b":"xinqiao_as_b"}]}');
  expect(answer.errors).toMatchObject([
    { message: 'm', path: ['id', 0, 'x'], extensions: { code: 'C' } },
    { message: 'n' },
  ]);
  expect(answer.extensions).toMatchObject({ valueCompletion: [{ path: ['id', 0, 'x'] }], other: 1 });
});

test.each([[{}], [{ data: null }], [{ data: {} }]])('%p stays', (answer) => {
  expect(clientsAnswer(answer)).toEqual(answer);
});
