import { channel, type Channel, tracingChannel, type TracingChannel } from 'node:diagnostics_channel';
import { SourceError } from './source-error.ts';

/**
 * What of the hub's work can be watched from outside (docs/decisions/observability.md). Who does the work says that it
 * begins and ends; who watches it, if anybody, counts it or makes a span of it. What is said are codes and names of
 * closed lists, never a value: nothing of a person can get into a metric or a trace by this way.
 */
interface Watched {
  /** Of `performance.now()`. */
  startedAt?: number;
}

/** One HTTP request to the GraphQL endpoint. */
export interface RequestWork extends Watched {
  /** As the caller sent it; `null` = none that is well-formed. */
  readonly traceparent: string | null;
  /** HTTP status of the answer; `null` = the caller went before there was one. */
  status: number | null;
  /** Codes of the errors in the answer, one for each. */
  codes: readonly string[];
}

/** An operation that was parsed, is valid and within the limits. */
export interface OperationWork extends Watched {
  readonly type: string;
  /** The caller's own word for it: whoever tells it on has to bound it. */
  readonly name: string | null;
  readonly client: string | null;
  /** Whether its answer lacks something: an error stands in it. */
  lacking: boolean;
}

/** One call of the gateway to a subgraph, with its retries. */
export interface SubgraphWork extends Watched {
  readonly subgraph: string;
  /** Why there was no answer; `null` = there was one. */
  code: string | null;
  /** For the subgraph, of whoever traces the call. */
  traceparent?: string;
}

/** One operation that a subgraph on its own serves to the gateway. */
export interface ServedWork extends Watched {
  readonly subgraph: string;
  /** The gateway's. */
  readonly traceparent: string | null;
  codes: readonly string[];
}

/** A batched read of one category through a department's adapter. */
export interface ReadWork extends Watched {
  readonly department: string;
  readonly category: string;
}

/** One try at a department's own system. */
export interface TryWork extends Watched {
  readonly department: string;
  /** 1, 2, 3 … */
  readonly attempt: number;
}

/** One operation of the hub's own store. */
export interface StoreWork extends Watched {
  /** Its name in the port. */
  readonly operation: string;
}

export type Work<Kind extends object> = TracingChannel<unknown, Kind>;

export const work = {
  request: tracingChannel<unknown, RequestWork>('xinqiao.request'),
  operation: tracingChannel<unknown, OperationWork>('xinqiao.operation'),
  subgraph: tracingChannel<unknown, SubgraphWork>('xinqiao.subgraph'),
  served: tracingChannel<unknown, ServedWork>('xinqiao.served'),
  read: tracingChannel<unknown, ReadWork>('xinqiao.read'),
  attempt: tracingChannel<unknown, TryWork>('xinqiao.try'),
  store: tracingChannel<unknown, StoreWork>('xinqiao.store'),
} as const;

export type Peer = 'subgraph' | 'department';

/** A channel of one kind of thing. */
export interface Moment<Kind> extends Pick<Channel, 'hasSubscribers' | 'subscribe' | 'unsubscribe'> {
  publish(moment: Kind): void;
}

const lookup: Moment<{ readonly cache: 'plan' | 'document' | 'token'; readonly hit: boolean }> =
  channel('xinqiao.lookup');
const retry: Moment<{ readonly kind: Peer; readonly name: string }> = channel('xinqiao.retry');
const breaker: Moment<{
  readonly kind: Peer;
  readonly name: string;
  /** Tells one from another of the same name. */
  readonly breaker: object;
  readonly state: BreakerState;
}> = channel('xinqiao.breaker');
/** Who is told of an overdue referral. */
export const ESCALATED_TO = ['SUPERVISOR', 'LEADING_GROUP_OFFICE'] as const;
const escalation: Moment<{ readonly to: (typeof ESCALATED_TO)[number] }> = channel('xinqiao.escalation');

/** What happens in a moment; an escalation is a step of it of which somebody was told. */
export const moments = { lookup, retry, breaker, escalation } as const;

export type BreakerState = 'closed' | 'half-open' | 'open';

/**
 * Does a piece of work under the eyes of whoever watches. Ask `isWatched` before: unwatched, the work is to cost nothing,
 * not even the object that describes it.
 */
export async function watched<Kind extends Watched, T>(
  kind: Work<Kind>,
  event: Kind,
  doing: () => Promise<T>,
): Promise<T> {
  event.startedAt = performance.now();
  return kind.tracePromise(doing, event);
}

/** Watchers of a kind of work all hear of its beginning, so that one look tells. */
export const isWatched = ({ start }: { readonly start: Pick<Channel, 'hasSubscribers'> }): boolean =>
  start.hasSubscribers;

/** Why watched work failed, in a code; `null` = it did not. */
export function failureCode(event: object): string | null {
  if (!('error' in event)) return null;
  return event.error instanceof SourceError ? event.error.code : 'INTERNAL';
}
