import { expect, test } from '@jest/globals';
import { buildSchema, print } from 'graphql';
import { interfaceObjects } from './interface-objects.ts';
import { requirementsIn } from './requirements.ts';

const supergraph = buildSchema(
  `
  enum join__Graph { A @join__graph(name: "a-b", url: "") C @join__graph(name: "c", url: "") }
  type Query { p: P }
  type P @join__type(graph: A, key: "id") @join__type(graph: C, key: "sku brand { id }") {
    id: ID! @join__field(graph: A)
    price: Int @join__field(graph: A) @join__field(graph: C, external: true)
    cost: Int @join__field(graph: C, requires: "price(in: EUR) size { width }")
  }
  interface I @join__type(graph: A, key: "id") @join__type(graph: C, key: "id", isInterfaceObject: true) { id: ID! }
  interface J @join__type(graph: A, isInterfaceObject: false) { id: ID! }
`,
  { assumeValidSDL: true },
);
const requirements = requirementsIn(supergraph);

test('what a field requires is known by the name of the subgraph that requires it', () => {
  const required = requirements.of('c', 'P', 'cost');
  expect(required && print(required).replaceAll(/\s+/g, ' ')).toBe('{ price(in: EUR) size { width } }');
  expect(requirements.of('a-b', 'P', 'cost')).toBeNull();
  expect(requirements.of('c', 'P', 'price')).toBeNull();
});

test('keys are known by the names of their fields', () => {
  expect([...requirements.keysOf('c')]).toEqual(['sku', 'brand', 'id']);
  expect([...requirements.keysOf('nobody')]).toEqual([]);
  expect(requirements.keysOfType('c', 'P').map((field) => print(field).replaceAll(/\s+/g, ' '))).toEqual([
    'sku',
    'brand { id }',
  ]);
  expect(requirements.keysOfType('nobody', 'P')).toEqual([]);
});

test('interfaces that are objects somewhere are found', () => {
  expect([...interfaceObjects(supergraph)]).toEqual(['I']);
});
