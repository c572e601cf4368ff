import { z } from 'zod';
import { percentile } from '../gateway/percentile.ts';
import { markdownTable } from '../markdown-table.ts';
import { median } from '../median.ts';
import { paired } from '../paired.ts';
import { ratioText } from '../ratio-text.ts';

const size = z.object({ people: z.number(), referrals: z.number(), records: z.number() });
export const scaleFigures = z.object({
  stages: z.array(
    z.object({
      size,
      loaded: z.array(
        z.object({
          what: z.string(),
          added: z.number(),
          seconds: z.number(),
          processorSeconds: z.number(),
          bytes: z.number(),
        }),
      ),
      verified: z.number(),
    }),
  ),
  operations: z.array(
    z.object({
      area: z.string(),
      what: z.string(),
      size,
      rounds: z.array(z.object({ times: z.array(z.number()), micros: z.number() })),
    }),
  ),
});
export type ScaleFigures = z.infer<typeof scaleFigures>;
type Operation = ScaleFigures['operations'][number];

/** Costs that stay below this beside the smallest size's stay flat: what is left is caches, depth of trees and noise. */
const FLAT = 2;

/** What was loaded, how fast, and how much room it takes. */
export function loadTable({ stages }: ScaleFigures): string {
  return markdownTable(
    ['people', 'referrals', 'audit records', 'added', 'seconds', 'processor, µs each', 'bytes each', 'verified'],
    stages.flatMap(({ size: { people, referrals, records }, loaded, verified }) =>
      loaded.map(({ what, added, seconds, processorSeconds, bytes }) => [
        people,
        referrals,
        records,
        `${added} ${what}`,
        seconds,
        (processorSeconds / added) * 1e6,
        bytes / added,
        verified,
      ]),
    ),
  );
}

/** A row for each operation at each size. `by` says whose time tells: of a server's work the process sees none. */
export function costTable({ operations }: ScaleFigures, by: 'processor' | 'clock'): string {
  const rows = operations.map((one) => {
    const ratio = besideSmallest(one, operations, by);
    return [
      one.area,
      one.what,
      one.size.referrals,
      Math.round(median(all(one))),
      Math.round(percentile(Float64Array.from(all(one)).sort(), 0.99)),
      Math.round(median(one.rounds.map(({ micros }) => micros))),
      ratio === null ? '1' : ratioText(ratio),
      ratio === null ? '' : ratio.ratio <= FLAT ? 'flat' : 'grows',
    ];
  });
  return markdownTable(
    ['area', 'what', 'referrals', 'median µs', 'p99 µs', 'processor µs', `÷ smallest, ${by}`, 'flat'],
    rows,
  );
}

/** The rows of that table that grow, in words. */
export function growing({ operations }: ScaleFigures, by: 'processor' | 'clock'): readonly string[] {
  return operations.flatMap((one) => {
    const ratio = besideSmallest(one, operations, by)?.ratio ?? 1;
    if (ratio <= FLAT) return [];
    return [`${one.area}, ${one.what}, at ${one.size.referrals} referrals: ${ratio.toFixed(2)} of the smallest size's`];
  });
}

function besideSmallest(one: Operation, operations: readonly Operation[], by: 'processor' | 'clock') {
  const smallest = operations.find(({ what }) => what === one.what) ?? one;
  return one === smallest ? null : paired(series(one, by), series(smallest, by));
}

const all = ({ rounds }: Operation): readonly number[] => rounds.flatMap(({ times }) => times);

/** One figure a round, so that rounds of two sizes can be compared that were measured side by side. */
const series = ({ rounds }: Operation, by: 'processor' | 'clock'): readonly number[] =>
  rounds.map(({ times, micros }) => (by === 'processor' ? micros : median(times)));
