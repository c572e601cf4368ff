import { given, type SmallSupergraph, type World } from '../small-supergraph.ts';

/** An `@interfaceObject` that `@requires` what only the interface's own subgraph knows; the way in is always there. */
export const archive: SmallSupergraph = {
  name: 'archive',
  words: ['d1', 'd2', 'none'],
  subgraphs: {
    papers: `
      type Query { papers: [Paper!]!  paper(id: ID!): Paper  letters: [Letter] }
      interface Paper @key(fields: "id") { id: ID!  title: String  pages(from: Int = 1): Int  cites: [Paper] }
      type Letter implements Paper @key(fields: "id") { id: ID!  title: String  pages(from: Int = 1): Int  cites: [Paper]  to: String }
      type Map implements Paper @key(fields: "id") { id: ID!  title: String  pages(from: Int = 1): Int  cites: [Paper]  scale: Int! }
    `,
    copies: `
      type Paper @interfaceObject @key(fields: "id") { id: ID!  title: String @external  pages(from: Int = 1): Int @external
        slip(copies: Int): String @requires(fields: "title")  cost: Int @requires(fields: "pages(from: 2)") }
    `,
  },
  world,
};

function world(): World {
  const [d1, d2, d3] = [
    paper(1, { __typename: 'Letter', title: 'To Ba Jin', to: 'Ba Jin' }),
    paper(2, { __typename: 'Map', title: null, scale: 1_000 }),
    paper(3, { __typename: 'Letter', title: 'Home', to: null }),
  ];
  const papers = [d1, d2, d3];
  Object.assign(d1, { cites: [d2, null] });
  Object.assign(d2, { cites: papers });
  Object.assign(d3, { cites: null });
  return {
    query: {
      papers,
      paper: ({ id }: { id: string }) => papers.find((one) => one.id === id) ?? null,
      letters: [d1, null, d3],
    },
    entities: { Paper: papers, Letter: [d1, d3], Map: [d2] },
  };
}

function paper(n: number, own: Readonly<Record<string, unknown>>) {
  return {
    ...own,
    id: `d${n}`,
    pages: ({ from }: { from: number | null }) => (n === 3 ? null : 10 * n - (from ?? 0)),
    slip({ copies }: { copies?: number | null }) {
      return `${String(given(this, 'title'))} x${copies ?? 1}`;
    },
    cost() {
      const pages = given(this, 'pages', { from: 2 });
      return typeof pages === 'number' ? pages * 3 : null;
    },
  };
}
