import { SourceError } from '../../adapters/shared/source-error.ts';
import type { SubgraphOperation } from '../../subgraphs/shared/subgraph.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { operationFacts } from './operation-facts.ts';
import { splitEntities } from './split-entities.ts';
import type { SubgraphAnswer, SubgraphCall } from './subgraph-source.ts';

export interface MergingOptions {
  /** Name of the subgraph. */
  readonly source: string;
  /** Representations of one merged call; a call that has as many goes alone. */
  readonly maxRepresentations?: number;
  /** How long the callers of a merged call wait for it before each asks alone. */
  readonly patienceMs?: number;
  /** After a merged call that served its callers badly, so long none is merged. */
  readonly restMs?: number;
}

/** A call that waits for the end of the turn, later for its part of a merged one. */
interface Member {
  readonly operation: SubgraphOperation;
  readonly context: GatewayContext;
  readonly representations: readonly unknown[];
  readonly resolve: (answer: SubgraphAnswer | Promise<SubgraphAnswer>) => void;
  readonly reject: (error: SourceError) => void;
}

/**
 * Makes one call of those that leave in the same turn of the event loop with the same operation for entities: their
 * representations go one after the other, the answer is cut where they meet. Only for subgraphs that are told of nobody.
 * What a merged call does not give, or not soon, each of its callers asks for alone, as if it had never been merged.
 */
export function mergedEntities(
  calls: { readonly merged: SubgraphCall; readonly alone: SubgraphCall },
  { source, maxRepresentations = 200, patienceMs = 250, restMs = 10_000 }: MergingOptions,
): SubgraphCall {
  const groups = new Map<string, Member[]>();
  let restsUntil = Number.NEGATIVE_INFINITY;
  const alone = ({ operation, context, resolve }: Member) => resolve(calls.alone(operation, context));
  const rest = () => {
    restsUntil = performance.now() + restMs;
  };

  function leave(): void {
    const leaving = [...groups.values()];
    groups.clear();
    for (const group of leaving)
      for (const members of portions(group.filter(isThere), maxRepresentations)) {
        const [first] = members;
        if (members.length > 1 && first !== undefined) void together(members, first);
        else members.forEach(alone);
      }
  }

  function isThere(member: Member): boolean {
    const gone = member.context.signal.aborted;
    if (gone) member.reject(late(member));
    return !gone;
  }

  async function together(members: readonly Member[], { operation, context }: Member): Promise<void> {
    const end = new AbortController();
    const waiting = new Set(members);
    const undo = members.map((member) => whenOver(member, () => part(member, () => member.reject(late(member)))));
    const patience = setTimeout(() => {
      rest();
      for (const member of waiting) part(member, alone);
    }, patienceMs);
    /** Gives a member what it gets, once; when all have it, the merged call is over. */
    function part(member: Member, give: (member: Member) => void): void {
      if (!waiting.delete(member)) return;
      give(member);
      if (waiting.size > 0) return;
      clearTimeout(patience);
      end.abort();
    }
    const representations = members.flatMap((member) => member.representations);
    const whole = { ...operation, variables: { ...operation.variables, representations } };
    const answer = await calls.merged(whole, { ...context, signal: end.signal }).catch(() => null);
    undo.forEach((one) => one());
    const lengths = members.map((member) => member.representations.length);
    const parts = answer === null ? null : splitEntities(answer, { operation: whole, lengths });
    if (parts === null && waiting.size > 0) rest();
    members.forEach((member, i) => {
      const mine = parts?.[i];
      part(member, mine === undefined ? alone : () => member.resolve(mine));
    });
  }

  function late({ context }: Member): SourceError {
    return new SourceError('SOURCE_TIMEOUT', { source, cause: context.signal.reason });
  }

  return async (operation, context) => {
    const { representations, ...others } = operation.variables ?? {};
    const { read, entitiesOnly } = operationFacts(operation);
    const mergeable = read && entitiesOnly && Array.isArray(representations) && performance.now() >= restsUntil;
    if (!mergeable || representations.length >= maxRepresentations) return calls.alone(operation, context);
    return new Promise((resolve, reject) => {
      if (groups.size === 0) setImmediate(leave);
      const key = keyOf(operation.query, others, context);
      const member = { operation, context, representations, resolve, reject };
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [member]);
      else group.push(member);
    });
  };
}

/** Nearly always the text alone, whose hash the engine knows already. */
function keyOf(query: string, others: object, { traceparent }: GatewayContext): string {
  const variables = JSON.stringify(others);
  return variables === '{}' && traceparent === null ? query : `${traceparent} ${variables} ${query}`;
}

/** In order, as many together as have not too many representations. */
function portions(members: readonly Member[], maxRepresentations: number): readonly (readonly Member[])[] {
  const cut: Member[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const member of members) {
    size += member.representations.length;
    if (size > maxRepresentations) {
      cut.push([]);
      size = member.representations.length;
    }
    cut.at(-1)?.push(member);
  }
  return cut;
}

/** Calls back when the member's request is over. Returns what undoes that. */
function whenOver({ context: { signal } }: Member, over: () => void): () => void {
  signal.addEventListener('abort', over, { once: true });
  return () => signal.removeEventListener('abort', over);
}
