import { GraphQLError } from 'graphql';
import { given, type SmallSupergraph, type World } from '../small-supergraph.ts';

/** Several and nested keys, `@requires` with arguments and through lists, `@provides`, null keys, one bad row in a batch. */
export const shop: SmallSupergraph = {
  name: 'shop',
  words: ['p1', 'p2', 'p3', 'p4', 'none'],
  subgraphs: {
    catalogue: `
      type Query { product(id: ID!): Product  products(first: Int = 3, ids: [ID!]): [Product]  brands: [Brand!]! }
      type Product @key(fields: "id") @key(fields: "sku brand { id }") {
        id: ID!  sku: String!  brand: Brand!  name: String @shareable  price(currency: Currency! = CNY): Float
        size: Size  parts: [Part!]  related: [Product!]
      }
      type Brand @key(fields: "id") { id: ID!  name: String  products: [Product!]! }
      type Part { code: String  size: Size  grams: Int }
      type Size @shareable { height: Int  width: Int  unit: String }
      enum Currency { CNY EUR }
    `,
    stock: `
      type Query { lowStock(below: Int! = 5): [Product!]! }
      type Product @key(fields: "sku brand { id }") { sku: String!  brand: Brand!  inStock: Int  warehouse: Warehouse }
      type Brand @key(fields: "id", resolvable: false) { id: ID! }
      type Warehouse @key(fields: "code") { code: String!  city: String }
    `,
    shipping: `
      type Product @key(fields: "id") {
        id: ID!
        name: String @external
        price(currency: Currency! = CNY): Float @external
        size: Size @external
        parts: [Part!] @external
        shippingCost(express: Boolean = false): Float @requires(fields: "price(currency: EUR) size { height width }")
        weight: Int @requires(fields: "parts { grams size { width } }")
        label(prefix: String): String @requires(fields: "name")
        duty: Float @requires(fields: "price(currency: CNY)")
      }
      type Part { grams: Int @external  size: Size @external }
      type Size @shareable { height: Int  width: Int }
      enum Currency { CNY EUR }
      type Warehouse @key(fields: "code") { code: String!  carriers: [String!] }
    `,
    reviews: `
      type Query { reviews(min: Int): [Review!]!  latest: Review }
      type Review @key(fields: "id") { id: ID!  stars: Int!  text(length: Int): String
        product: Product @provides(fields: "name")  author: Author }
      type Product @key(fields: "id") { id: ID!  name: String @external  reviews: [Review!]  rating: Float }
      type Author @key(fields: "email") { email: String  nick: String }
    `,
    accounts: `
      type Author @key(fields: "email") { email: String  since: Int  badge: String!  idle: Boolean }
    `,
  },
  world,
};

function world(): World {
  const brands = [brand('b1', 'Ding'), brand('b2', null)];
  const products = [
    product(1, { brand: brands[0], name: 'Kite', size: { height: 3, width: 4, unit: 'm' }, inStock: 2 }),
    product(2, { brand: brands[1], name: 'Lamp', size: null, inStock: 9 }),
    product(3, { brand: brands[0], name: null, size: { height: null, width: 1, unit: null }, inStock: null }),
  ];
  const authors = [author('mei@x', 'Mei'), author(null, 'Nobody'), author('li@x', null)];
  const reviews = [
    review(1, 5, products[0], authors[0]),
    review(2, 1, products[0], authors[1]),
    review(3, 3, products[1], authors[2]),
    review(4, 4, null, null),
  ];
  const warehouses = [{ code: 'w1', city: 'Wuhan', carriers: ['SF', 'EMS'] }];
  products.forEach((one, i) =>
    Object.assign(one, {
      related: products.filter((other) => other !== one),
      reviews: i === 2 ? null : reviews.filter((other) => given(other, 'product') === one),
      warehouse: i === 0 ? warehouses[0] : null,
    }),
  );
  brands.forEach((one) => Object.assign(one, { products: products.filter(({ brand: own }) => own === one) }));
  return {
    query: {
      product: ({ id }: { id: string }) => products.find((one) => one.id === id) ?? null,
      products: ({ first, ids }: { first: number | null; ids?: readonly string[] | null }) =>
        (ids?.map((id) => products.find((one) => one.id === id) ?? null) ?? products).slice(0, Math.max(0, first ?? 2)),
      brands,
      lowStock: ({ below }: { below: number }) =>
        products.filter(({ inStock }) => typeof inStock === 'number' && inStock < below),
      reviews: ({ min }: { min?: number | null }) => reviews.filter(({ stars }) => stars >= (min ?? 0)),
      latest: reviews[2],
    },
    entities: { Product: products, Brand: brands, Review: reviews, Author: authors, Warehouse: warehouses },
  };
}

function brand(id: string, name: string | null) {
  return { id, name, products: [] };
}

function product(n: number, own: { brand: unknown; name: string | null; size: object | null; inStock: number | null }) {
  return {
    ...own,
    id: `p${n}`,
    sku: `s${n}`,
    parts: n === 2 ? null : [{ code: `c${n}`, grams: n * 10, size: own.size }],
    price: ({ currency }: { currency: string }) => (n === 3 ? null : n * (currency === 'EUR' ? 10 : 80)),
    rating() {
      if (n === 2) throw new GraphQLError('no rating tonight', { extensions: { code: 'CLOUDY' } });
      return n * 1.5;
    },
    shippingCost({ express }: { express: boolean | null }) {
      const price = given(this, 'price', { currency: 'EUR' });
      const size = given(this, 'size') as { height: number | null; width: number | null } | null;
      if (typeof price !== 'number' || size === null) return null;
      return price + (size.height ?? 100) * (size.width ?? 100) * (express ? 2 : 1);
    },
    weight() {
      const parts = given(this, 'parts') as { grams: number; size: { width: number } | null }[] | null;
      return parts?.reduce((sum, { grams, size }) => sum + grams + (size?.width ?? 0), 0) ?? null;
    },
    label({ prefix }: { prefix?: string | null }) {
      return `${prefix ?? 'to'}:${String(given(this, 'name'))}`;
    },
    duty() {
      const price = given(this, 'price', { currency: 'CNY' });
      return typeof price === 'number' ? price / 5 : null;
    },
  };
}

function review(n: number, stars: number, product: object | null | undefined, author: object | null | undefined) {
  const text = ({ length }: { length?: number | null }) => `review ${n}`.slice(0, length ?? undefined);
  return { id: `r${n}`, stars, text, product, author };
}

function author(email: string | null, nick: string | null) {
  return {
    email,
    nick,
    // Nobody can be found without a key; whoever answers knows as little.
    since: email === null ? null : 2_020,
    idle: email === null ? null : false,
    badge: () => {
      if (email === 'li@x') throw new GraphQLError('lost', { extensions: { code: 'LOST' } });
      return email === null ? null : 'gold';
    },
  };
}
