import { describe, expect, test } from '@jest/globals';
import { buildSchema, type FieldNode, Kind, parse, print } from 'graphql';
import { introspection, withoutIntrospection } from './introspection.ts';

const schema = buildSchema('type Query { a(x: Int): A } type A { n: Int }');

/** Asks what stands under `__schema` and `__type` in the root of the document. */
function asking(introspect: ReturnType<typeof introspection>, text: string) {
  const document = parse(text);
  const fields = document.definitions.flatMap((one) =>
    'selectionSet' in one && (one.kind === Kind.OPERATION_DEFINITION || one.typeCondition.name.value === 'Query')
      ? one.selectionSet.selections.filter(
          (field): field is FieldNode =>
            field.kind === Kind.FIELD && field.name.value.startsWith('__') && field.name.value !== '__typename',
        )
      : [],
  );
  return introspect(fields, document);
}

const answered = (text: string, variables: Record<string, unknown> = {}) => ({
  ...asking(introspection(schema), text)(variables),
});

describe('introspection', () => {
  test.each<[string, string, Record<string, unknown>, unknown]>([
    [
      'of a type',
      '{ __type(name: "A") { name fields { name } } }',
      {},
      { __type: { name: 'A', fields: [{ name: 'n' }] } },
    ],
    ['of no type', '{ __type(name: "B") { name } }', {}, { __type: null }],
    [
      'under aliases',
      '{ one: __type(name: "A") { x: name } two: __type(name: "Int") { kind } }',
      {},
      { one: { x: 'A' }, two: { kind: 'SCALAR' } },
    ],
    [
      'in halves',
      '{ __schema { queryType { name } } __schema { queryType { kind } } }',
      {},
      { __schema: { queryType: { name: 'Query', kind: 'OBJECT' } } },
    ],
    [
      'with a variable',
      'query ($name: String!) { __type(name: $name) { name } }',
      { name: 'A' },
      { __type: { name: 'A' } },
    ],
    ['with a default', 'query ($name: String! = "A") { __type(name: $name) { name } }', {}, { __type: { name: 'A' } }],
    [
      'by a fragment',
      'query { ...F } fragment F on Query { __type(name: "A") { ...T } } fragment T on __Type { name }',
      {},
      { __type: { name: 'A' } },
    ],
    [
      'beside data with its variables',
      'query ($x: Int!) { a(x: $x) { n } __type(name: "A") { name } }',
      { x: 1 },
      { __type: { name: 'A' } },
    ],
    ['of what conditions left', '{ __type(name: "A") { xinqiao_nothing: __typename } }', {}, { __type: {} }],
    ['of nothing', '{ a { n } }', {}, {}],
  ])('%s', (_, text, variables, expected) => {
    expect(answered(text, variables)).toEqual(expected);
  });

  test('is worked out once without variables, each time with them', () => {
    const introspect = introspection(schema);
    const plain = '{ __type(name: "A") { name } }';
    expect(asking(introspect, plain)({})).toBe(asking(introspect, plain)({}));
    const asks = asking(introspect, 'query ($name: String!) { __type(name: $name) { name } }');
    expect([asks({ name: 'A' }), asks({ name: 'Query' })]).toEqual([
      { __type: { name: 'A' } },
      { __type: { name: 'Query' } },
    ]);
  });

  test('keeps the answers of a few questions only', () => {
    const introspect = introspection(schema);
    const first = asking(introspect, '{ a: __schema { description } }');
    const answer = first({});
    expect(first({})).toBe(answer);
    for (let i = 0; i < 100; i += 1) asking(introspect, `{ a${i}: __schema { description } }`)({});
    expect(first({})).not.toBe(answer);
    expect(first({})).toEqual(answer);
  });
});

describe('what is planned', () => {
  test.each([
    ['has no introspection', '{ a { n } __schema { queryType { name } } }', '{ a { n } xinqiao_nothing: __typename }'],
    [
      'nor its variables and fragments',
      'query ($n: String!) { a { n } ...F } fragment F on Query { __type(name: $n) { ...T } } fragment T on __Type { name }',
      'query { a { n } ...F } fragment F on Query { xinqiao_nothing: __typename }',
    ],
    [
      'keeps the name',
      'query Q { __schema { description } a { n } }',
      'query Q { xinqiao_nothing: __typename a { n } }',
    ],
  ])('%s', (_, text, expected) => {
    expect(print(withoutIntrospection(parse(text)))).toBe(print(parse(expected)));
  });

  test('is the document itself where there is none', () => {
    const document = parse('{ a { n __typename } }');
    expect(withoutIntrospection(document)).toBe(document);
  });
});
