import { GraphQLError } from 'graphql';
import type { SmallSupergraph, World } from '../small-supergraph.ts';

/** Lists of lists, and nulls and errors that rise through every kind of list and of non-null type. */
export const grid: SmallSupergraph = {
  name: 'grid',
  words: ['g1', 'g2', 'none'],
  subgraphs: {
    cells: `
      type Query { grid: [[Cell!]!]  loose: [[Cell]]  strict: [[Cell!]!]!  cube: [[[Cell]!]]  must: Cell!  cell(id: ID!, at: [[Int!]!] = [[1, 2]]): Cell }
      type Cell @key(fields: "id") { id: ID!  row: [[Int]!]  sum(of: [[Int!]] = [[1], null]): Int  around: [[Cell!]!] }
    `,
    values: `
      type Cell @key(fields: "id") { id: ID!  safe: Int  must: Int!  bad: Int  worse: Int!  list: [Int!]  lists: [[Int!]!]  box: Box }
      type Box { must: String!  inner: Box  boxes: [Box!]  nested: [[Box]!]  owner: Cell }
    `,
  },
  world,
};

function world(): World {
  const cells = [0, 1, 2, 3].map(cell);
  const [a, b, c, d] = cells;
  Object.assign(a ?? {}, { around: [[b, c], [d]] });
  Object.assign(b ?? {}, { around: [] });
  Object.assign(c ?? {}, { around: null });
  Object.assign(d ?? {}, { around: [[a]] });
  cells.forEach((one, i) => Object.assign(one, { box: i === 0 ? box(1, one) : i === 3 ? box(2, one) : null }));
  return {
    query: {
      grid: [
        [a, b],
        [c, d],
      ],
      loose: [[a, null, d], null, []],
      strict: [[a], [a, d]],
      cube: [[[a, null], [b]], null, [[]]],
      must: d,
      cell: ({ id, at }: { id: string; at?: readonly (readonly number[])[] | null }) =>
        id === 'g1' ? a : at === null || at === undefined ? null : cells[at.flat().length % 4],
    },
    entities: { Cell: cells },
  };
}

function cell(n: number) {
  return {
    id: `g${n}`,
    safe: n,
    must: n === 1 ? null : n,
    bad: () => {
      if (n === 2) throw new GraphQLError('bad', { extensions: { code: 'BAD' } });
      return n;
    },
    worse: () => {
      if (n >= 2) throw new GraphQLError('worse', { extensions: { code: 'WORSE' } });
      return n;
    },
    list: n === 1 ? [1, null] : [n],
    lists: n === 2 ? [[1], null] : [[n], []],
    row: n === 3 ? null : [[n, null], []],
    sum: ({ of }: { of?: readonly (readonly number[] | null)[] | null }) =>
      (of ?? []).flatMap((one) => one ?? []).reduce((x, y) => x + y, n),
  };
}

interface Box {
  readonly must: () => string;
  readonly inner: Box | null;
  readonly boxes: readonly (Box | null)[];
  readonly nested: readonly (readonly (Box | null)[])[];
  readonly owner: object;
}

function box(depth: number, owner: object): Box {
  const inner = depth === 0 ? null : box(depth - 1, owner);
  return {
    must: () => {
      if (depth === 0) throw new GraphQLError('empty', { extensions: { code: 'EMPTY' } });
      return `box ${depth}`;
    },
    inner,
    boxes: depth === 2 ? [inner] : [],
    nested: [[inner, null], []],
    owner,
  };
}
