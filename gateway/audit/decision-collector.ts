import { z } from 'zod';
import { DECISIONS_EXTENSION, decisionSchema, type MadeDecision, merged } from '../../subgraphs/shared/decisions.ts';

/** A decision, and the subgraph that made it and can say whether it still stands. */
export interface CollectedDecision {
  readonly subgraph: string;
  readonly decision: MadeDecision;
}

/** The decisions behind one request's answer, as the hub's own subgraphs tell them. */
export interface DecisionCollector {
  collect(subgraph: string, extensions: Readonly<Record<string, unknown>> | undefined): void;
  /** The newest about each person, of all subgraphs together; about nobody, one for each way of asking. */
  all(): readonly MadeDecision[];
  /** The newest about each person of each subgraph: each is asked about its own. */
  bySubgraph(): readonly CollectedDecision[];
  /** Whether something that was decided about this person earlier in the request is not so any more. */
  isNarrowed(personId: string): boolean;
}

const decisions = z.array(decisionSchema);

export function decisionCollector(): DecisionCollector {
  const collected = new Map<string, MadeDecision>();
  const asMade = new Map<string, CollectedDecision>();
  const narrowed = new Set<string>();
  return {
    collect: (subgraph, extensions) => {
      for (const decision of decisions.parse(extensions?.[DECISIONS_EXTENSION] ?? [])) {
        const key = decision.personId === null ? `by ${decision.by}` : `person ${decision.personId}`;
        const before = collected.get(key);
        const now = merged(before, decision);
        if (before !== undefined && narrows(now, before)) narrowed.add(decision.personId ?? '');
        collected.set(key, now);
        // A subgraph tells all its decisions each time, its newest of each person.
        asMade.set(`${subgraph} ${key}`, { subgraph, decision });
      }
    },
    all: () => [...collected.values()],
    bySubgraph: () => [...asMade.values()],
    isNarrowed: (personId) => narrowed.has(personId),
  };
}

function narrows(now: MadeDecision, before: MadeDecision): boolean {
  return (
    (before.visible && !now.visible) || Object.keys(before.standings).some((category) => !(category in now.standings))
  );
}
