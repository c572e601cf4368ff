import type { SmallSupergraph, World } from '../small-supergraph.ts';

/** An interface object whose subgraph only points at it (`resolvable: false`), beside one that resolves it. */
export const kiosk: SmallSupergraph = {
  name: 'kiosk',
  words: ['i1', 'i2', 'none'],
  subgraphs: {
    items: `
      type Query { items(kind: String): [Item]  item(id: ID!): Item }
      interface Item @key(fields: "id") { id: ID!  title: String }
      type Paper implements Item @key(fields: "id") { id: ID!  title: String  pages: Int }
      type Drink implements Item @key(fields: "id") { id: ID!  title: String  litres: Float }
    `,
    window: `
      type Query { shown: Item  row: [[Item!]]! }
      type Item @interfaceObject @key(fields: "id", resolvable: false) { id: ID! }
    `,
    prices: `
      type Query { dear: [Item!] }
      type Item @interfaceObject @key(fields: "id") { id: ID!  price(off: Int = 0): Int  twin: Item }
    `,
  },
  world,
};

function world(): World {
  const [i1, i2] = [
    { __typename: 'Paper', id: 'i1', title: 'Daily', pages: 8, price: price(2), twin: null },
    { __typename: 'Drink', id: 'i2', title: null, litres: 0.5, price: price(null), twin: null },
  ];
  Object.assign(i1, { twin: i2 });
  const items = [i1, i2];
  return {
    query: {
      items: ({ kind }: { kind?: string | null }) => (kind === null ? null : [i1, null, i2]),
      item: ({ id }: { id: string }) => items.find((one) => one.id === id) ?? null,
      shown: i2,
      row: [[i1, i2], null, []],
      dear: items,
    },
    entities: { Item: items, Paper: [i1], Drink: [i2] },
  };
}

function price(yuan: number | null) {
  return ({ off }: { off: number | null }) => (yuan === null ? null : yuan - (off ?? 0));
}
