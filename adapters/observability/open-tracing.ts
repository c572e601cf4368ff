import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { boundedNames } from './bounded-names.ts';
import { traceWork } from './trace-work.ts';

export interface TracingOptions {
  /** Of the collector; the path of traces follows. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** From 0 to 1. */
  readonly ratio: number;
  readonly named: ReturnType<typeof boundedNames>;
  readonly log: { warn(entry: object, message: string): void; info(entry: object, message: string): void };
}

/** A collector that is away costs spans, nothing else; at the end it is waited for so long. */
const FLUSH_MS = 2_000;

/**
 * Traces the watched work of this process to a collector. Nothing global is registered: other libraries that speak
 * OpenTelemetry (Apollo's gateway does) find no provider, so that none of their spans, which may hold queries, goes out.
 */
export function openTracing({ endpoint, headers, serviceName, ratio, named, log }: TracingOptions): {
  close(): Promise<void>;
} {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = telling(new OTLPTraceExporter({ url, headers: { ...headers } }), log);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const stop = traceWork(provider.getTracer('xinqiao'), { named });
  return {
    close: async () => {
      stop();
      await provider.forceFlush({ timeoutMillis: FLUSH_MS }).catch(() => {});
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, FLUSH_MS);
      await Promise.race([provider.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}

/** Says once when the collector stops taking traces, and once when it takes them again. */
function telling(exporter: SpanExporter, log: TracingOptions['log']): SpanExporter {
  let failing = false;
  return {
    export: (spans: ReadableSpan[], done) =>
      exporter.export(spans, (result) => {
        const failed = result.error !== undefined;
        if (failed && !failing) log.warn({}, 'the collector takes no traces; they are dropped');
        if (!failed && failing) log.info({}, 'the collector takes traces again');
        failing = failed;
        done(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: async () => exporter.shutdown(),
  };
}
