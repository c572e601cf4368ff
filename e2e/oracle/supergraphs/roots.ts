import type { SmallSupergraph, World } from '../small-supergraph.ts';

/** Root types with names of their own, root fields that two subgraphs share, types that are no entities. */
export const roots: SmallSupergraph = {
  name: 'roots',
  words: ['h', 'n'],
  subgraphs: {
    one: `
      schema { query: Begin  mutation: Change }
      type Begin { shared(word: String = "h"): Pair @shareable  one: Pair!  again: Begin @shareable  any: Any @shareable }
      type Change { touch: Pair }
      type Pair @shareable { left: String  right: String  both: Both }
      type Both @shareable { x: Int! }
      union Any = Pair | Both
    `,
    two: `
      type Query @shareable { shared(word: String = "h"): Pair  any: Any }
      extend type Query { two: Int  secondTime: Pair }
      type Mutation { poke(word: String): Pair!  self: Query }
      type Pair @shareable { left: String  right: String  both: Both }
      type Both @shareable { x: Int! }
      union Any = Pair | Both
    `,
    three: `
      type Query { shared(word: String = "h"): Pair @shareable  three: [Int!]! }
      type Pair @shareable { left: String  right: String  both: Both }
      type Both @shareable { x: Int! }
    `,
  },
  world,
};

function world(): World {
  const pair = (left: string) => ({ __typename: 'Pair', left, right: null, both: { x: 1 } });
  const query: object = {
    shared: ({ word }: { word?: string | null }) => (word === null ? null : pair(word ?? '')),
    one: () => pair('one'),
    two: 2,
    secondTime: () => pair('second'),
    three: [3, 33],
    any: { __typename: 'Both', x: 5 },
    again: () => query,
  };
  const mutation = {
    touch: () => pair('touched'),
    poke: ({ word }: { word?: string | null }) => pair(word ?? 'poked'),
    self: () => query,
  };
  return { query, mutation, entities: {} };
}
