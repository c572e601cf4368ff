import { type Counter, Gauge, type Registry } from '@prometheus-io/client';
import { MEASURES, type Measure, type Measures } from '../shared/measures.ts';

export interface MeasuredOptions {
  readonly registry: Registry;
  readonly failed: Counter;
  readonly sources: readonly Measures[];
  /** However often somebody collects, the store is asked no more often. */
  readonly everyMs?: number;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

/** Gauges of what is asked for when somebody collects. A source that fails, or hangs, is missing from that collection. */
export function measuredGauges({
  registry,
  failed,
  sources,
  everyMs = 5_000,
  timeoutMs = 2_000,
  now = () => performance.now(),
}: MeasuredOptions): void {
  let asked = { at: Number.NEGATIVE_INFINITY, measures: Promise.resolve<readonly Measure[]>([]) };
  const measuresNow = async () => {
    if (now() - asked.at >= everyMs) asked = { at: now(), measures: all() };
    return asked.measures;
  };
  const all = async () => {
    const answers = await Promise.allSettled(sources.map(async (source) => inTime(source, timeoutMs)));
    return answers.flatMap((answer) => {
      if (answer.status === 'fulfilled') return answer.value;
      failed.inc();
      return [];
    });
  };
  for (const [name, { help, label }] of Object.entries(MEASURES)) {
    const gauge: Gauge<string> = new Gauge({
      name,
      help,
      labelNames: label === null ? [] : [label],
      registers: [registry],
      collect: async () => {
        gauge.reset();
        // A gauge without labels would say 0 where nobody has measured.
        if (label === null) gauge.remove();
        for (const one of (await measuresNow()).filter((measure) => measure.name === name))
          gauge.set(label === null ? {} : { [label]: one.of ?? '' }, one.value);
      },
    });
  }
}

async function inTime(source: Measures, timeoutMs: number): Promise<readonly Measure[]> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('not measured in time')), timeoutMs);
  try {
    return await Promise.race([source(), late]);
  } finally {
    clearTimeout(timer);
  }
}
