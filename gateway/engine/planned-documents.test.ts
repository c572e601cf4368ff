import { describe, expect, test } from '@jest/globals';
import type { QueryPlan } from '@apollo/query-planner';
import { buildSchema, type DocumentNode, parse, print } from 'graphql';
import { withConcreteFragments } from './mended-plans/concrete-fragments.ts';
import { plansInOrder } from './mended-plans/mutations-in-order.ts';

const inOneLine = (document: DocumentNode) => print(document).replaceAll(/\s+/g, ' ').trim();

describe('mutations', () => {
  const document =
    parse(`mutation ($x: Int, $y: Int) { a(x: $x) { b } ... on Mutation { c(y: $y) } ...F a(x: $x) { d } }
    fragment F on Mutation { e }`);
  const planner = (requires: object[] | undefined) => {
    const planned: string[] = [];
    const plan = async (one: DocumentNode) => {
      planned.push(inOneLine(one));
      return {
        kind: 'QueryPlan',
        node: { kind: 'Fetch', serviceName: 's', operation: '', requires },
      } as unknown as QueryPlan;
    };
    return { planned, plan };
  };
  test('of which something is fetched elsewhere are planned one by one', async () => {
    const { planned, plan } = planner([]);
    expect(await plansInOrder(document, plan)).toHaveLength(3);
    expect(planned.slice(1)).toEqual([
      'mutation ($x: Int) { a(x: $x) { b } a(x: $x) { d } }',
      'mutation ($y: Int) { c(y: $y) }',
      'mutation { e }',
    ]);
  });
  test('that their subgraphs answer alone keep their one plan', async () => {
    const { plan } = planner(undefined);
    expect(await plansInOrder(document, plan)).toHaveLength(1);
  });
  test('a query has one plan', async () => {
    expect(await plansInOrder(parse('{ a b }'), planner([]).plan)).toHaveLength(1);
  });
});

describe('fragments in an interface that is an object somewhere', () => {
  const schema = buildSchema(`type Query { m: M  n: N }  interface M { id: ID }  interface N { name: String }
    type A implements M & N { id: ID  name: String  a: Int }  type B implements M & N { id: ID  name: String }
    type C implements M { id: ID }`);
  const concrete = (text: string) =>
    inOneLine(withConcreteFragments(parse(text), { schema, interfaceObjects: new Set(['M']) }));
  test.each([
    ['{ m { ... on N { name } } }', '{ m { ... { ... on A { name } ... on B { name } } } }'],
    [
      '{ m { ...F } } fragment F on N { name ... on A { a } }',
      '{ m { ... { ... on A { name a } ... on B { name } } } } fragment F on N { name ... on A { a } }',
    ],
    ['{ m { ... on A { a } ... on M { id } } }', '{ m { ... on A { a } ... on M { id } } }'],
    ['{ n { ... on M { id } } }', '{ n { ... on M { id } } }'],
  ])('%s', (text, expected) => {
    expect(concrete(text)).toBe(expected);
  });
});
