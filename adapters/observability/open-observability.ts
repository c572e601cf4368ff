import type { Measures } from '../shared/measures.ts';
import type { Settings } from '../shared/settings.ts';
import type { Foreseen } from './begin-at-zero.ts';
import { boundedNames } from './bounded-names.ts';
import type { TracingOptions } from './open-tracing.ts';
import type { observabilitySettings } from './settings.ts';

/** What watches the work of one process. */
export interface Observability {
  /** Serves the metrics, with the measures of these. Its own failure fails the start: nobody would miss what is never seen. */
  serve(sources: readonly Measures[]): Promise<void>;
  close(): Promise<void>;
}

export interface ObservabilityOptions {
  /** What the process is called in traces where nothing else is set. */
  readonly service: string;
  readonly foreseen: Foreseen;
  readonly log: TracingOptions['log'];
}

/**
 * Watches from now on, before the work begins; with neither metrics nor traces wanted, nothing is watched, and their
 * libraries are not even loaded.
 */
export async function openObservability(
  settings: Settings<typeof observabilitySettings>,
  { service, foreseen, log }: ObservabilityOptions,
): Promise<Observability> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, METRICS_PORT: port, METRICS_HOST: host } = settings;
  const named = boundedNames();
  const closes: (() => Promise<void> | void)[] = [];
  if (endpoint !== undefined) {
    const { openTracing } = await import('./open-tracing.ts');
    const { OTEL_EXPORTER_OTLP_HEADERS: headers, OTEL_SERVICE_NAME: serviceName = service } = settings;
    const ratio = settings.OTEL_TRACES_SAMPLER_ARG;
    closes.push(openTracing({ endpoint, headers, serviceName, ratio, named, log }).close);
  }
  const counting =
    port === undefined ? null : (await import('./count-and-serve.ts')).countAndServe({ host, port, named, foreseen });
  if (counting !== null) closes.push(counting.close);
  return {
    serve: async (sources) => {
      if (counting !== null) log.info({ metrics: await counting.serve(sources) }, 'metrics are served');
    },
    close: async () => {
      for (const close of closes.splice(0).toReversed()) await close();
    },
  };
}
