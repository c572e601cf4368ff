import {
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api';
import { type TraceContext, traceContext } from '../shared/trace-context.ts';
import { type RequestWork, type ServedWork, type SubgraphWork, type Work, work } from '../shared/watched-work.ts';
import type { boundedNames } from './bounded-names.ts';
import { type SpanAttributes, type SpanOf, spans } from './spans.ts';

/** A span, as the work beneath it finds it. */
interface Traced extends TraceContext {
  readonly span: Span;
}

/** How a span comes into its trace. Within the work above it, unless something else is said. */
interface Origin {
  readonly parent?: Context;
  readonly links?: Link[];
}

/**
 * Makes a span of each piece of watched work. A caller's trace is linked, never joined: whether something is recorded is
 * the hub's decision, and two requests under one trace id stay two. A subgraph joins its gateway's.
 */
export function traceWork(tracer: Tracer, { named }: { named: ReturnType<typeof boundedNames> }): () => void {
  const of = spans(named);
  const stops = [
    follow<RequestWork>(work.request, of.request, tracer, ({ traceparent }) => ({
      parent: ROOT_CONTEXT,
      links: contextsIn(traceparent).map((context) => ({ context })),
    })),
    follow(work.operation, of.operation, tracer),
    follow<SubgraphWork>(work.subgraph, of.subgraph, tracer),
    follow<ServedWork>(work.served, of.served, tracer, ({ traceparent }) => {
      const [context] = contextsIn(traceparent);
      return { parent: context === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, context) };
    }),
    follow(work.read, of.read, tracer),
    follow(work.attempt, of.attempt, tracer),
  ];
  return () => stops.forEach((stop) => stop());
}

function follow<Kind extends object>(
  kind: Work<Kind>,
  of: SpanOf<Kind>,
  tracer: Tracer,
  origin: (event: Kind) => Origin = within,
): () => void {
  const open = new WeakMap<Kind, Span>();
  const begin = (event: Kind): Traced => {
    const now = tracedNow();
    const isBeneath = origin === within && now !== null;
    // Of what is not recorded no span is made below the root.
    const traced = isBeneath && !isSampled(now) ? now : begun(event, now);
    if ('subgraph' in event && 'code' in event) Object.assign(event, { traceparent: traced.traceparent });
    return traced;
  };
  const begun = (event: Kind, now: Traced | null): Traced => {
    const { parent = now === null ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, now.span), links = [] } = origin(event);
    const span = tracer.startSpan(of.name(event), { kind: of.kind, attributes: of.begun(event), links }, parent);
    open.set(event, span);
    return tracedBy(span);
  };
  const end = (event: Kind): void => {
    const span = open.get(event);
    if (span === undefined) return;
    const attributes = of.ended(event);
    span.setAttributes(attributes);
    // Without a text: what an error says may quote what it refused.
    if (isFailure(attributes)) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  const begins = () => {};
  kind.start.bindStore(traceContext, begin);
  kind.start.subscribe(begins);
  kind.asyncEnd.subscribe(end as (event: unknown) => void);
  return () => {
    kind.start.unbindStore(traceContext);
    kind.start.unsubscribe(begins);
    kind.asyncEnd.unsubscribe(end as (event: unknown) => void);
  };
}

/** An answer with errors in it is an answer: of a request, only what HTTP calls a failure of the server is one. */
function isFailure({ 'http.response.status_code': status, 'error.type': type }: SpanAttributes): boolean {
  return status === undefined ? type !== undefined : status >= 500;
}

/** Beneath the work that it is a part of. */
const within = (): Origin => ({});

function tracedNow(): Traced | null {
  const now = traceContext.getStore();
  return now !== undefined && 'span' in now ? (now as Traced) : null;
}

const isSampled = ({ span }: Traced) => (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;

function tracedBy(span: Span): Traced {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const flags = traceFlags.toString(16).padStart(2, '0');
  return { span, traceId, spanId, traceparent: `00-${traceId}-${spanId}-${flags}` };
}

/** A `traceparent` that was checked already. */
function contextsIn(traceparent: string | null): readonly SpanContext[] {
  if (traceparent === null) return [];
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  return [{ traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }];
}
