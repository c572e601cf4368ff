import type { OtlpReceiver, ReceivedSpan } from '../../adapters/observability/otlp-receiver.fixture.ts';
import { until } from './until.ts';

/** The trace in which an operation of this name ran, once it is whole as `isWhole` says. */
export async function traceOf(
  collector: OtlpReceiver,
  operation: string,
  isWhole: (names: ReadonlySet<string>) => boolean,
): Promise<readonly ReceivedSpan[]> {
  const received = () => {
    const spans = collector.spans();
    const root = spans.find(({ name }) => name === operation);
    return root === undefined ? [] : spans.filter(({ traceId }) => traceId === root.traceId);
  };
  await until(async () => isWhole(new Set(received().map(({ name }) => name))), { withinMs: 30_000 });
  return received();
}

/** From the root of a trace to the first span of this name, each with the process that told of it. */
export function wayTo(name: string, trace: readonly ReceivedSpan[]): readonly string[] {
  const byId = new Map(trace.map((span) => [span.spanId, span]));
  const upwards = (span: ReceivedSpan | undefined): readonly string[] =>
    span === undefined ? [] : [...upwards(byId.get(span.parentSpanId ?? '')), `${span.service}: ${span.name}`];
  return upwards(trace.find((span) => span.name === name));
}

/** Of the sample departments those that are asked when a person is; the women's federation drops files. */
const ASKED = ['education', 'health', 'civil-affairs', 'justice', 'union'];

/** The ways of an operation that asks every department, each in a process of its own; and how they should be. */
export async function waysToDepartments(collector: OtlpReceiver, operation: string) {
  const trace = await traceOf(collector, operation, (names) =>
    ['POST /graphql', ...ASKED.map((name) => `department ${name}`)].every((name) => names.has(name)),
  );
  const ways = ASKED.map((name) =>
    wayTo(`department ${name}`, trace).map((step) => step.replace(/(?<=: read \S+ ).*/, '…')),
  );
  const hub = ['POST /graphql', operation].map((name) => `xinqiao-gateway: ${name}`);
  const wanted = ASKED.map((name) => [
    ...hub,
    `xinqiao-gateway: subgraph ${name}`,
    ...[`serve ${name}`, `read ${name} …`, `department ${name}`].map((step) => `xinqiao-${name}: ${step}`),
  ]);
  return { ways, wanted };
}
