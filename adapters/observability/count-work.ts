import { type BreakerState, failureCode, type Moment, moments, type Work, work } from '../shared/watched-work.ts';
import type { boundedNames } from './bounded-names.ts';
import type { Metrics } from './metrics.ts';

const STATES: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };
const MS = 1_000;

/** Counts the watched work of this process. */
export function countWork(metrics: Metrics, { named }: { named: ReturnType<typeof boundedNames> }): () => void {
  const stops = [
    onEnd(work.request, ({ status, codes }, seconds) => {
      // 499: the caller went, as reverse proxies write it.
      metrics.requests.observe({ status: String(status ?? 499) }, seconds);
      for (const code of codes) metrics.errors.inc({ code });
    }),
    inFlight(work.request, metrics.inFlight),
    onEnd(work.operation, (event, seconds) => {
      const labels = { type: event.type, operation: named(event.name, event.client) };
      metrics.operations.observe(labels, seconds);
      metrics.operationErrors.inc(labels, event.lacking || failureCode(event) !== null ? 1 : 0);
    }),
    onEnd(work.subgraph, ({ subgraph, code }, seconds) => {
      metrics.subgraphCalls.observe({ subgraph }, seconds);
      if (code !== null) metrics.subgraphErrors.inc({ subgraph, code });
    }),
    onEnd(work.served, ({ subgraph, codes }, seconds) => {
      metrics.served.observe({ subgraph }, seconds);
      for (const code of codes) metrics.servedErrors.inc({ subgraph, code });
    }),
    onEnd(work.read, (event, seconds) => {
      const { department } = event;
      metrics.reads.observe({ department }, seconds);
      const code = failureCode(event);
      if (code !== null) metrics.readErrors.inc({ department, code });
    }),
    onEnd(work.attempt, (event, seconds) => {
      const { department } = event;
      metrics.tries.observe({ department }, seconds);
      const code = failureCode(event);
      if (code !== null) metrics.tryErrors.inc({ department, code });
    }),
    onEnd(work.store, ({ operation }, seconds) => metrics.storeOperations.observe({ operation }, seconds)),
    on(moments.retry, ({ kind, name }) => metrics.retries.inc({ kind, name })),
    on(moments.lookup, ({ cache, hit }) => metrics.lookups.inc({ cache, result: hit ? 'hit' : 'miss' })),
    on(moments.escalation, ({ to }) => metrics.escalations.inc({ to })),
    breakerStates(metrics),
  ];
  return () => stops.forEach((stop) => stop());
}

/** A peer may have several doors, each with a breaker: the one that is worst off stands for it. */
function breakerStates({ breakers }: Metrics): () => void {
  const known = new Map<string, Map<object, number>>();
  return on(moments.breaker, ({ kind, name, breaker, state }) => {
    const key = `${kind} ${name}`;
    const states = known.get(key) ?? new Map<object, number>();
    known.set(key, states.set(breaker, STATES[state]));
    // What is closed is not held: doors come and go with a new schema.
    if (state === 'closed') states.delete(breaker);
    breakers.set({ kind, name }, Math.max(0, ...states.values()));
  });
}

function onEnd<Kind extends { startedAt?: number }>(
  { start, asyncEnd }: Work<Kind>,
  count: (event: Kind, seconds: number) => void,
): () => void {
  const begins = () => {};
  const ends = (event: unknown) => {
    const done = event as Kind;
    count(done, (performance.now() - (done.startedAt ?? performance.now())) / MS);
  };
  start.subscribe(begins);
  asyncEnd.subscribe(ends);
  return () => {
    start.unsubscribe(begins);
    asyncEnd.unsubscribe(ends);
  };
}

function inFlight<Kind extends object>({ start, asyncEnd }: Work<Kind>, gauge: Metrics['inFlight']): () => void {
  const begins = () => gauge.inc();
  const ends = () => gauge.dec();
  start.subscribe(begins);
  asyncEnd.subscribe(ends);
  return () => {
    start.unsubscribe(begins);
    asyncEnd.unsubscribe(ends);
  };
}

function on<Kind>(of: Moment<Kind>, count: (moment: Kind) => void): () => void {
  const heard = (moment: unknown) => count(moment as Kind);
  of.subscribe(heard);
  return () => of.unsubscribe(heard);
}
