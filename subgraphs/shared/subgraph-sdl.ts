import { readFileSync } from 'node:fs';

/** The whole SDL of a subgraph, as `npm run compose` wrote it. */
export function subgraphSdl(name: string): string {
  return readFileSync(new URL(`../../schema/generated/subgraphs/${name}.graphql`, import.meta.url), 'utf8');
}
