import { parse } from 'graphql';
import { z } from 'zod';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { STILL_STANDS_FIELD } from '../../subgraphs/shared/decisions.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { SubgraphCall } from '../subgraph-sources/subgraph-source.ts';
import type { CollectedDecision } from './decision-collector.ts';

/** Which of these decisions would be made again now, on the same grounds? In their order. */
export type StillStand = (
  decisions: readonly CollectedDecision[],
  context: GatewayContext,
) => Promise<readonly boolean[]>;

const QUERY = `query ($decisions: [_Any!]!) { ${STILL_STANDS_FIELD}(decisions: $decisions) }`;
const document = parse(QUERY);
const answerSchema = z.object({ [STILL_STANDS_FIELD]: z.array(z.boolean()) });

/** Asks the subgraphs that made the decisions. Throws, `SourceError` where one cannot answer: then nothing stands. */
export function stillStand(callOf: (subgraph: string) => SubgraphCall): StillStand {
  return async (decisions, context) => {
    const standing = new Map<CollectedDecision, boolean>();
    for (const [subgraph, made] of Map.groupBy(decisions, (one) => one.subgraph)) {
      const variables = { decisions: made.map(({ decision }) => decision) };
      const { data } = await callOf(subgraph)({ query: QUERY, document, variables }, context);
      // Without data it has said why, to its own log: its store is away, say.
      if (!data) throw new SourceError('SOURCE_UNAVAILABLE', { source: subgraph });
      const answers = answerSchema.parse(data)[STILL_STANDS_FIELD];
      made.forEach((one, i) => standing.set(one, answers?.[i] === true));
    }
    return decisions.map((one) => standing.get(one) === true);
  };
}
