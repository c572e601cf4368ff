import { readFileSync } from 'node:fs';
import { composeSmall } from './compose-small.ts';
import { type Around, type Contest, mockContest, worldContest } from './contest.ts';
import { SMALL_SUPERGRAPHS } from './small-supergraphs.ts';

const HUB = new URL('../../schema/generated/supergraph.graphql', import.meta.url);

/** `shop` = over its own world, `shop/mocked` = over made-up answers, `hub/mocked` = the hub's own supergraph. */
export const CONTESTS: readonly string[] = [
  ...SMALL_SUPERGRAPHS.flatMap(({ name }) => [name, `${name}/mocked`]),
  'hub/mocked',
];

/** Opens a contest by its name; the seed is that of the made-up answers. */
export async function openContest(name: string, { seed, around }: { seed: number; around?: Around }): Promise<Contest> {
  if (name === 'hub/mocked') {
    const supergraphSdl = readFileSync(HUB, 'utf8');
    return mockContest({ name, words: ['390106', '2024-03-01', 'Person:3'], supergraphSdl, seed }, around);
  }
  const [small, mocked] = name.split('/');
  const supergraph = SMALL_SUPERGRAPHS.find((one) => one.name === small);
  if (supergraph === undefined) throw new Error(`no supergraph ${name}; there are ${CONTESTS.join(', ')}`);
  if (mocked === undefined) return worldContest(supergraph, around);
  return mockContest({ name, words: supergraph.words, supergraphSdl: composeSmall(supergraph), seed }, around);
}
