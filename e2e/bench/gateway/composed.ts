import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { BENCH_SUBGRAPHS } from './subgraphs/bench-subgraphs.ts';

/** The supergraph of the benchmark's subgraphs at these addresses. */
export function composed(urls: Readonly<Record<string, string>>): string {
  const services = BENCH_SUBGRAPHS.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: urls[name] ?? '' }));
  const { supergraphSdl, errors = [] } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
