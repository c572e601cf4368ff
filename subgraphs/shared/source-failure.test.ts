import { describe, expect, test } from '@jest/globals';
import { GraphQLError, graphql, type GraphQLResolveInfo } from 'graphql';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { noBasis, sourceFailure } from './source-failure.ts';

type Fails = (info: GraphQLResolveInfo) => Error;

const FAILURES: Readonly<Record<string, Fails>> = {
  'for which there is no basis': (info) => noBasis('health', info, 'visits'),
  'which its department did not answer': (info) =>
    sourceFailure(new SourceError('SOURCE_TIMEOUT', { source: 'health' }), 'health', info),
};

describe.each(Object.entries(FAILURES))('a field %s', (_, fails) => {
  test('is told where it stands, without a stack and without a second error around the first', async () => {
    const made: Error[] = [];
    const schema = makeExecutableSchema({
      typeDefs: 'type Query { people: [Person!]! } type Person { health: String }',
      resolvers: {
        Query: { people: () => [{}, {}] },
        Person: {
          health: (_person, _args, _context, info) => {
            const error = fails(info);
            made.push(error);
            throw error;
          },
        },
      },
    });
    const { errors = [] } = await graphql({ schema, source: '{ people { asked: health } }' });
    expect(errors.map((error, i) => error === made[i])).toEqual([true, true]);
    expect(errors.map(({ path }) => path)).toEqual([
      ['people', 0, 'asked'],
      ['people', 1, 'asked'],
    ]);
    expect(errors[0]?.locations).toEqual([{ line: 1, column: 12 }]);
    for (const { stack } of errors) expect(stack).not.toContain('    at ');
    expect(new GraphQLError('another').stack).toContain('    at ');
  });
});
