import { expect, test } from '@jest/globals';
import { buildSchema, type GraphQLResolveInfo, graphql } from 'graphql';
import { rootFieldOf } from './root-field.ts';

const schema = buildSchema('type Query { referral: Referral } type Referral { onward: Referral state: String }');

async function rootOf(source: string): Promise<string | undefined> {
  let found: ReturnType<typeof rootFieldOf>;
  const state = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    found = rootFieldOf(info);
    return 'ACCEPTED';
  };
  const { errors } = await graphql({
    schema,
    source,
    variableValues: { yes: true },
    rootValue: { referral: { onward: { state } } },
  });
  expect(errors).toBeUndefined();
  return found && `${found.parentType.name}.${found.fieldName}`;
}

test.each([
  ['plain', '{ referral { onward { state } } }'],
  ['under an alias', '{ a: referral { onward { state } } }'],
  [
    'in a fragment with a condition',
    'query ($yes: Boolean!) { ... @include(if: $yes) { referral { onward { state } } } }',
  ],
  ['in a named fragment', 'query { ...F } fragment F on Query { ... { a: referral { onward { state } } } }'],
])('the root field of a resolver below it: %s', async (_, source) => {
  expect(await rootOf(source)).toBe('Query.referral');
});
