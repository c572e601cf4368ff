import type { Measures } from '../shared/measures.ts';
import { beginAtZero, type Foreseen } from './begin-at-zero.ts';
import type { boundedNames } from './bounded-names.ts';
import { countWork } from './count-work.ts';
import { measuredGauges } from './measured-gauges.ts';
import { metrics } from './metrics.ts';
import { metricsServer } from './metrics-server.ts';

interface CountingOptions {
  readonly host: string;
  readonly port: number;
  readonly named: ReturnType<typeof boundedNames>;
  readonly foreseen: Foreseen;
}

/** Counts from now on. `serve` answers the address of the metrics, with the measures of these. */
export function countAndServe({ host, port, named, foreseen }: CountingOptions): {
  serve(sources: readonly Measures[]): Promise<string>;
  close(): Promise<void>;
} {
  const kept = metrics();
  beginAtZero(kept, foreseen);
  const stop = countWork(kept, { named });
  let server: Awaited<ReturnType<typeof metricsServer>> | null = null;
  return {
    serve: async (sources) => {
      measuredGauges({ registry: kept.registry, failed: kept.failedMeasures, sources });
      server = await metricsServer(kept.registry, { host, port });
      return server.url;
    },
    close: async () => {
      stop();
      await server?.close();
    },
  };
}
