import { z } from 'zod';
import { DECISIONS_EXTENSION, decisionSchema, firstWay, type MadeDecision } from '../../subgraphs/shared/decisions.ts';

/** A decision, and the subgraph that made it and can say whether it still stands. */
export interface CollectedDecision {
  readonly subgraph: string;
  readonly decision: MadeDecision;
}

/** The decisions behind one request's answer, as the hub's own subgraphs tell them. */
export interface DecisionCollector {
  collect(subgraph: string, extensions: Readonly<Record<string, unknown>> | undefined): void;
  /** The newest about each person; about nobody, one for each way of asking. */
  all(): readonly CollectedDecision[];
  /** Whether something that was decided about this person earlier in the request is not so any more. */
  isNarrowed(personId: string): boolean;
}

const decisions = z.array(decisionSchema);

export function decisionCollector(): DecisionCollector {
  const collected = new Map<string, CollectedDecision>();
  const narrowed = new Set<string>();
  return {
    collect: (subgraph, extensions) => {
      for (const decision of decisions.parse(extensions?.[DECISIONS_EXTENSION] ?? [])) {
        const key = decision.personId === null ? `by ${decision.by}` : `person ${decision.personId}`;
        const before = collected.get(key);
        if (before !== undefined && narrows(decision, before.decision)) narrowed.add(decision.personId ?? '');
        collected.set(key, { subgraph, decision: { ...decision, by: firstWay(before?.decision, decision) } });
      }
    },
    all: () => [...collected.values()],
    isNarrowed: (personId) => narrowed.has(personId),
  };
}

function narrows(now: MadeDecision, before: MadeDecision): boolean {
  return (
    (before.visible && !now.visible) || Object.keys(before.standings).some((category) => !(category in now.standings))
  );
}
