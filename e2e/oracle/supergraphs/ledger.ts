import { GraphQLError } from 'graphql';
import type { SmallSupergraph, World } from '../small-supergraph.ts';

/** Mutations whose order can be seen, in two subgraphs in turn; payloads that lead back into the query. */
export const ledger: SmallSupergraph = {
  name: 'ledger',
  words: ['in', 'out', ''],
  subgraphs: {
    left: `
      type Query @shareable { log: Log  size: Int! }
      type Mutation { left(text: String! = "l", times: Int): Log  clear: Log!  failLeft: Int }
      type Log @key(fields: "id") { id: ID!  lines: [String!]! @shareable  query: Query! @shareable }
    `,
    right: `
      type Query @shareable { log: Log  size: Int! }
      type Mutation { right(entry: Entry!): Log  failRight: Log!  tally: [Tally!] }
      type Log @key(fields: "id") { id: ID!  lines: [String!]! @shareable  last(upper: Boolean): String }
      input Entry { text: String!  tags: [[String]] = [["t"]]  inner: Entry }
      type Tally { line: String!  log: Log }
    `,
  },
  world,
};

interface Entry {
  readonly text: string;
  readonly tags?: readonly (readonly (string | null)[] | null)[] | null;
  readonly inner?: Entry | null;
}

function world(): World {
  const lines: string[] = [];
  const query = { log: () => log, size: () => lines.length };
  const log = {
    id: 'log',
    lines: () => [...lines],
    last: ({ upper }: { upper?: boolean | null }) => (upper ? lines.at(-1)?.toUpperCase() : lines.at(-1)) ?? null,
    query,
  };
  const add = (...texts: string[]) => {
    lines.push(...texts);
    return log;
  };
  return {
    query,
    mutation: {
      left: ({ text, times }: { text: string; times?: number | null }) => {
        if (times === null) return null;
        return add(...Array.from({ length: Math.min(3, Math.max(1, times ?? 1)) }, () => `left ${text}`));
      },
      clear: () => {
        lines.length = 0;
        return log;
      },
      failLeft: () => {
        add('failed left');
        throw new GraphQLError('left fails', { extensions: { code: 'LEFT' } });
      },
      right: ({ entry }: { entry: Entry }) => add(`right ${text(entry)}`),
      failRight: () => {
        add('failed right');
        throw new GraphQLError('right fails', { extensions: { code: 'RIGHT' } });
      },
      tally: () => lines.map((line) => ({ line, log })),
    },
    entities: { Log: [log] },
  };
}

function text({ text: own, tags, inner }: Entry): string {
  return `${own}${JSON.stringify(tags ?? null)}${inner ? `(${text(inner)})` : ''}`;
}
