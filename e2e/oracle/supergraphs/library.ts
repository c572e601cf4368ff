import type { SmallSupergraph, World } from '../small-supergraph.ts';

/** Entity interfaces and `@interfaceObject` in two subgraphs, fragments on interfaces, an implementation known elsewhere. */
export const library: SmallSupergraph = {
  name: 'library',
  words: ['m1', 'm2', 'm3', 'none'],
  subgraphs: {
    titles: `
      type Query { media(reversed: Boolean = false): [Media!]!  medium(id: ID!): Media  books: [Book!]! named: [Named] }
      interface Named { name: String }
      interface Media @key(fields: "id") { id: ID!  title: String!  sequel: Media }
      type Book implements Media & Named @key(fields: "id") {
        id: ID!  title: String!  sequel: Media  pages: Int  name: String  author: Person }
      type Film implements Media & Named @key(fields: "id") {
        id: ID!  title: String!  sequel: Film  minutes: Int  name: String  director: Person }
      type Person implements Named @key(fields: "id") { id: ID!  name: String  works: [Media!] }
    `,
    opinions: `
      type Query { best: Media  worst(first: Int): [Media] }
      type Media @interfaceObject @key(fields: "id") { id: ID!  stars: Int  opinions(first: Int = 2): [Opinion!]! }
      type Opinion { text: String!  about: Media! }
    `,
    loans: `
      type Query { onLoan: [Media!]! }
      type Media @interfaceObject @key(fields: "id") { id: ID!  due: String  renewals(first: Int): [String!] }
      type Person @key(fields: "id") { id: ID!  borrowed: [Media] }
    `,
    shelves: `
      type Query { shelf(n: Int! = 1): [Book]  }
      type Book @key(fields: "id") { id: ID!  shelf: Int  neighbour: Book }
    `,
  },
  world,
};

function world(): World {
  const people = [
    { __typename: 'Person', id: 'a1', name: 'Lao She' },
    { __typename: 'Person', id: 'a2', name: null },
  ];
  const [m1, m2, m3] = [
    medium(1, { __typename: 'Book', title: 'Teahouse', pages: 90, author: people[0], shelf: 1 }),
    medium(2, { __typename: 'Film', title: 'Rickshaw Boy', minutes: 112, director: people[1] }),
    medium(3, { __typename: 'Book', title: 'Cat Country', pages: null, author: null, shelf: 1 }),
  ];
  const media = [m1, m2, m3];
  Object.assign(m1, { sequel: m3, neighbour: m3 });
  Object.assign(m3, { sequel: m2, neighbour: null });
  Object.assign(people[0] ?? {}, { works: media, borrowed: [m2, null, m1] });
  Object.assign(people[1] ?? {}, { works: null, borrowed: [] });
  const books = [m1, m3];
  return {
    query: {
      media: ({ reversed }: { reversed: boolean | null }) => (reversed ? media.toReversed() : media),
      medium: ({ id }: { id: string }) => media.find((one) => one.id === id) ?? null,
      books,
      named: [m2, people[0], null, m1, people[1]],
      best: m1,
      worst: ({ first }: { first?: number | null }) => [m2, null, m3].slice(0, Math.max(0, first ?? 3)),
      onLoan: [m3, m2],
      shelf: ({ n }: { n: number }) => (n === 1 ? [m3, m1] : null),
    },
    entities: { Media: media, Book: books, Film: [m2], Person: people },
  };
}

function medium(n: number, own: { __typename: string; title: string; [more: string]: unknown }) {
  return {
    ...own,
    id: `m${n}`,
    name: `${own.title} by name`,
    stars: n === 3 ? null : n,
    due: n === 1 ? null : `day ${n}`,
    opinions({ first }: { first: number | null }) {
      return ['fine', 'dull', 'long'].slice(0, Math.max(0, first ?? 1)).map((text) => ({ text, about: this }));
    },
    renewals: ({ first }: { first?: number | null }) =>
      n === 2 ? null : ['June', 'July'].slice(0, Math.max(0, first ?? 2)),
  };
}
