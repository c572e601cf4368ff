import { SourceError } from '../../adapters/shared/source-error.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { operationFacts } from './operation-facts.ts';
import { type PackingOptions, type Parcel, requestsOf, type Weighed } from './parcels.ts';
import { splitEntities } from './split-entities.ts';
import type { EngineOperation, SubgraphAnswer, SubgraphCall } from './subgraph-source.ts';

export interface SharedCallsOptions extends PackingOptions {
  /** Name of the subgraph. */
  readonly source: string;
  /** How long the callers of a shared request wait for it before each asks alone. */
  readonly patienceMs?: number;
  /** A call for more entities is worth a request of its own: shared, it only makes a larger answer to take apart. */
  readonly mostOfOne?: number;
  /** After a request that served its callers badly, so long none is shared. */
  readonly restMs?: number;
}

export interface OwnCalls {
  readonly alone: SubgraphCall;
  /** Asks several operations in one request, once. An answer for each, in order; rejects when there is none for all. */
  readonly together: (
    operations: readonly { readonly operation: EngineOperation; readonly context: GatewayContext }[],
    signal: AbortSignal,
  ) => Promise<readonly (SubgraphAnswer | SourceError)[]>;
}

/** After so many turns with a single call each, a call does not wait for company while nothing else is under way. */
const LONELY_TURNS = 8;

/** A call that waits for the end of the turn, later for its part of a request. */
interface Member extends Weighed {
  readonly resolve: (answer: SubgraphAnswer | Promise<SubgraphAnswer>) => void;
  readonly reject: (error: SourceError) => void;
}

/**
 * Makes one request of reads that leave for a subgraph in the same turn of the event loop: those for entities by the same
 * operation merged, the others side by side. What a shared request does not give, or not soon, each of its callers asks
 * for alone, as if nothing had been shared.
 */
export function sharedCalls(
  { alone, together }: OwnCalls,
  { source, patienceMs = 250, mostOfOne = 8, restMs = 10_000, ...packing }: SharedCallsOptions,
): SubgraphCall {
  let leaving: Member[] = [];
  let restsUntil = Number.NEGATIVE_INFINITY;
  let lonelyTurns = 0;
  /** Calls that did not wait, under way. */
  let ahead = 0;
  const askAlone = ({ operation, context, resolve }: Member) => resolve(alone(operation, context));
  const rest = () => {
    restsUntil = performance.now() + restMs;
  };

  function leave(): void {
    const members = leaving.filter(isThere);
    leaving = [];
    lonelyTurns = members.length > 1 ? 0 : lonelyTurns + 1;
    for (const parcels of requestsOf(members, packing)) {
      const [first, ...more] = parcels.flatMap(({ calls }) => calls);
      if (first !== undefined && more.length === 0) askAlone(first);
      else void share(parcels);
    }
  }

  function isThere(member: Member): boolean {
    const gone = member.context.signal.aborted;
    if (gone) member.reject(late(member));
    return !gone;
  }

  async function share(parcels: readonly Parcel<Member>[]): Promise<void> {
    const waiting = new Set(parcels.flatMap(({ calls }) => calls));
    const end = new AbortController();
    let isOver = false;
    const undo = [...waiting].map((member) => whenOver(member, () => part(member, () => member.reject(late(member)))));
    const patience = setTimeout(() => {
      rest();
      for (const member of waiting) part(member, askAlone);
    }, patienceMs);

    /** Gives a member what it gets, once; when all have it, the request is over. */
    function part(member: Member, give: (member: Member) => void): void {
      if (!waiting.delete(member)) return;
      give(member);
      if (waiting.size > 0) return;
      clearTimeout(patience);
      if (!isOver) end.abort();
    }

    function partAll({ operation, calls }: Parcel<Member>, answer: SubgraphAnswer | SourceError | undefined): void {
      const parts = answer && partsOf(answer, { operation, calls });
      if (parts === undefined && calls.some((member) => waiting.has(member))) rest();
      calls.forEach((member, i) => {
        const mine = parts?.[i];
        if (mine === undefined) part(member, askAlone);
        else part(member, () => (mine instanceof SourceError ? member.reject(mine) : member.resolve(mine)));
      });
    }

    const answers = await together(parcels, end.signal).catch(() => []);
    isOver = true;
    undo.forEach((one) => one());
    parcels.forEach((parcel, i) => partAll(parcel, answers[i]));
  }

  function late({ context }: Member): SourceError {
    return new SourceError('SOURCE_TIMEOUT', { source, cause: context.signal.reason });
  }

  return async (operation, context) => {
    const representations = listOf(operation.variables?.representations);
    const isShared = operationFacts(operation).read && performance.now() >= restsUntil;
    if (!isShared || representations.length > Math.min(mostOfOne, packing.maxWeight - 1))
      return alone(operation, context);
    if (lonelyTurns >= LONELY_TURNS && ahead + leaving.length === 0) {
      ahead += 1;
      return alone(operation, context).finally(() => (ahead -= 1));
    }
    return new Promise((resolve, reject) => {
      if (leaving.length === 0) setImmediate(leave);
      leaving.push({ operation, context, representations, resolve, reject });
    });
  };
}

/** The answer of each call; `undefined` where the answer cannot be cut so. */
function partsOf(
  answer: SubgraphAnswer | SourceError,
  { operation, calls }: Pick<Parcel<Member>, 'operation' | 'calls'>,
): readonly (SubgraphAnswer | SourceError)[] | undefined {
  if (calls.length === 1) return [answer];
  if (answer instanceof SourceError) return undefined;
  const lengths = calls.map(({ representations }) => representations.length);
  return splitEntities(answer, { operation, lengths }) ?? undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Calls back when the member's request is over. Returns what undoes that. */
function whenOver({ context: { signal } }: Member, over: () => void): () => void {
  signal.addEventListener('abort', over, { once: true });
  return () => signal.removeEventListener('abort', over);
}
