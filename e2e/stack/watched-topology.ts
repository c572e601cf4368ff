import type { OtlpReceiver } from '../../adapters/observability/otlp-receiver.fixture.ts';
import type { Topology } from './start-topology.ts';

/** The hub on several machines with metrics and traces on. */
export interface WatchedTopology {
  readonly topology: Topology;
  /** Of the spans of all its processes. */
  readonly collector: OtlpReceiver;
  /** What they have said, from their start on. */
  readonly lines: readonly string[];
}

const SERVED = /"metrics":"([^"]+)"/;

/** The addresses of the metrics of each process that says `about` of itself in its lines. */
export function metricsUrls({ lines }: Pick<WatchedTopology, 'lines'>, about = ''): readonly string[] {
  return lines.filter((line) => line.includes(about)).flatMap((line) => SERVED.exec(line)?.[1] ?? []);
}

/** In Prometheus' text format. */
export async function metricsAt(url: string): Promise<string> {
  return (await fetch(url)).text();
}
