import { expect, test } from '@jest/globals';
import type { FetchNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { hasTypenamesLast, typenamesLast } from './typenames-last.ts';

test.each([
  ['{ a { b __typename } __typename }', true],
  ['{ a { b { c __typename } __typename } }', true],
  ['{ a { b __typename } c { __typename d } }', false],
  ['{ a { __typename ... on B { c } } }', false],
  ['{ a { b } }', false],
])('%s has type names last: %s', (text, last) => {
  expect(hasTypenamesLast(parse(text))).toBe(last);
});

test('a fetch asks for type names last, and for the same', () => {
  const operation = 'query A($r:[_Any!]!){_entities(representations:$r){...on P{a{__typename b{__typename c}d}}}}';
  expect(typenamesLast({ kind: 'Fetch', operation } as FetchNode).operation).toBe(
    'query A($r:[_Any!]!){_entities(representations:$r){...on P{a{b{c __typename}d __typename}}}}',
  );
});
