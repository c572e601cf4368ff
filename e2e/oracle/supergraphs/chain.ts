import { given, type SmallSupergraph, type World } from '../small-supergraph.ts';

/** Each subgraph knows another key, so that the way leads over the others; what one requires another requires too. */
export const chain: SmallSupergraph = {
  name: 'chain',
  words: ['1', '2', '3', 'none'],
  subgraphs: {
    a: `
      type Query { node(a: ID!): Node  nodes: [Node!] }
      type Node @key(fields: "a") @key(fields: "ref { x y }") { a: ID!  ref: Ref  value: Int }
      type Ref { x: Int!  y: Int }
    `,
    b: `
      type Query { byB(b: ID): [Node] }
      type Node @key(fields: "ref { x y }") @key(fields: "b") { ref: Ref  b: ID!  links: [Link!] }
      type Ref { x: Int!  y: Int  z: Int }
      type Link @key(fields: "node { b } n") { node: Node!  n: Int!  far: Node }
    `,
    c: `
      type Node @key(fields: "b") @key(fields: "c") { b: ID!  c: ID!
        value: Int @external  twice: Int @requires(fields: "value") }
      type Link @key(fields: "node { b } n") { node: Node  n: Int!  note: String }
    `,
    d: `
      type Query { byC: Node }
      type Node @key(fields: "c") { c: ID!  twice: Int @external  links: [Link!] @external
        four: Int @requires(fields: "twice")  count: Int @requires(fields: "links { n }") }
      type Link { n: Int! @external }
    `,
  },
  world,
};

function world(): World {
  const nodes = [1, 2, 3].map((n) => node(n));
  const links = nodes.map((one, i) => ({ node: one, n: i, far: nodes[i + 1] ?? null, note: i === 1 ? null : `n${i}` }));
  nodes.forEach((one, i) => Object.assign(one, { links: i === 2 ? null : links.slice(i, i + 1) }));
  return {
    query: {
      node: ({ a }: { a: string }) => nodes.find((one) => one.a === a) ?? null,
      nodes,
      byB: ({ b }: { b?: string | null }) => (b === null || b === undefined ? [nodes[1], null] : [nodes[0]]),
      byC: nodes[1],
    },
    entities: { Node: nodes, Link: links },
  };
}

function node(n: number) {
  return {
    a: String(n),
    b: `b${n}`,
    c: `c${n}`,
    ref: { x: n, y: 10 * n, z: n === 2 ? null : 5 },
    value: n === 3 ? null : n,
    twice() {
      const value = given(this, 'value');
      return typeof value === 'number' ? value * 2 : null;
    },
    four() {
      const twice = given(this, 'twice');
      return typeof twice === 'number' ? twice * 2 : null;
    },
    count() {
      const links = given(this, 'links');
      return Array.isArray(links) ? links.length : null;
    },
  };
}
