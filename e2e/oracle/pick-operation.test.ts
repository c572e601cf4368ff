import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, Kind, parse, validate, visit } from 'graphql';
import { pickOperation } from './pick-operation.ts';
import { renderOperation } from './render-operation.ts';
import { shrinkOperation } from './shrink-operation.ts';

const schema = buildSchema(`
  type Query { node(id: ID!, at: [[Int!]] = [[1]]): Node  nodes(where: Where): [[Node!]]!  any: Any  size(unit: Unit! = CM): Float }
  type Mutation { write(what: Where!): Node  erase: Int! }
  interface Node { id: ID!  same: Node }
  type A implements Node { id: ID!  same: A  n(x: Int): Int }
  type B implements Node { id: ID!  same: Node  n(x: String): Int! }
  union Any = A | B
  enum Unit { CM M }
  input Where { id: ID  not: Where  units: [Unit!]!  flag: Boolean! = true }
`);
const operations = pickOperation(schema, { words: ['x'] }).map((picked) => renderOperation(schema, picked));

test('every generated operation is valid', () => {
  fc.assert(
    fc.property(operations, ({ text }) => {
      expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
    }),
    { numRuns: 800 },
  );
});

test('what the issue lists is generated: each kind of thing is met among some hundred operations', () => {
  const met = new Set<string>();
  for (const { text } of fc.sample(operations, { numRuns: 400, seed: 1 }))
    visit(parse(text), {
      enter: (node) => {
        met.add(node.kind);
        if (node.kind === Kind.OPERATION_DEFINITION) met.add(node.operation);
        if (node.kind === Kind.DIRECTIVE) met.add(`@${node.name.value} by ${node.arguments?.[0]?.value.kind}`);
        if (node.kind === Kind.FIELD) met.add(node.name.value);
        if (node.kind === Kind.FIELD && node.alias) met.add('alias');
        if (node.kind === Kind.VARIABLE_DEFINITION) met.add(node.defaultValue ? 'default' : 'no default');
        if (node.kind === Kind.SELECTION_SET && node.selections.length > 1) met.add('several');
      },
    });
  const directives = ['skip', 'include'].flatMap((name) => [`@${name} by BooleanValue`, `@${name} by Variable`]);
  const things = ['query', 'mutation', 'alias', 'several', 'default', 'no default', '__typename', '__schema', '__type'];
  const { INLINE_FRAGMENT, FRAGMENT_SPREAD, NULL, LIST, OBJECT, ENUM, OBJECT_FIELD } = Kind;
  const nodes = [INLINE_FRAGMENT, FRAGMENT_SPREAD, NULL, LIST, OBJECT, ENUM, OBJECT_FIELD];
  expect([...met]).toEqual(expect.arrayContaining([...directives, ...things, ...nodes]));
});

test('a failing operation shrinks to what matters', async () => {
  const picks = pickOperation(schema, { words: ['x'] });
  const fails = ({ text }: { text: string }) => /\bn\(x/.test(text);
  const found = fc.check(
    fc.property(picks, (picked) => !fails(renderOperation(schema, picked))),
    { numRuns: 1_000, seed: 3, endOnFailure: true },
  );
  const [failing] = found.counterexample ?? [];
  expect(failing).toBeDefined();
  if (failing === undefined) return;
  const smallest = await shrinkOperation(failing, async (candidate) => fails(renderOperation(schema, candidate)));
  const { text } = renderOperation(schema, smallest);
  expect([text.length < 60, /\{ n\(x: .+\) \}/.test(text), /[@$:] /.test(text.replace('x: ', ''))]).toEqual([
    true,
    true,
    false,
  ]);
});
