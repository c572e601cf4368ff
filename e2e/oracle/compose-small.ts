import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { LINK } from './local-subgraph.ts';
import type { SmallSupergraph } from './small-supergraph.ts';

/** The supergraph's SDL, as Apollo composes it. */
export function composeSmall({ name, subgraphs }: Pick<SmallSupergraph, 'name' | 'subgraphs'>): string {
  const { supergraphSdl, errors = [] } = composeServices(
    Object.entries(subgraphs).map(([subgraph, sdl]) => ({
      name: subgraph,
      url: `http://${subgraph}.invalid`,
      typeDefs: parse(LINK + sdl),
    })),
  );
  if (supergraphSdl === undefined) throw new Error(`${name}: ${errors.map(({ message }) => message).join('\n')}`);
  return supergraphSdl;
}
