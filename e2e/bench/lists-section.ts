import { loadavg } from 'node:os';
import { z } from 'zod';
import { listSizes } from './list-sizes.ts';
import { markdownTable } from './markdown-table.ts';
import { measuredProgram } from './measured-program.ts';
import { median } from './median.ts';
import { paired } from './paired.ts';
import { ratioText } from './ratio-text.ts';
import { taken } from './taken.ts';

const MEASURE = 'subgraphs/referral/measured/measured-lists.fixture.ts';
/** Cheap beside the filling. */
const ROUNDS_FOR_ONE = 4;
const figures = z.object({
  filled: z.array(z.object({ size: z.number(), seconds: z.number(), bytes: z.number() })),
  lists: z.array(z.object({ what: z.string(), size: z.number(), taken: z.array(taken) })),
});
type Lists = z.infer<typeof figures>['lists'];

const TEXT = `Inbox of a department's system, 20 a page with reason, clocks and moves, through the referral subgraph; each size in a store
file of its own, all open in one process and asked in turn. "ratio": the median over the rounds of the processor time beside
that of the smallest in the same round, in brackets the middle half of the rounds.`;

/** A page of a long inbox beside one of a short inbox. */
export async function listsSection({ referrals, rounds }: { referrals: number; rounds: number }): Promise<string> {
  const sizes = listSizes(referrals);
  const { filled, lists } = await measuredProgram(MEASURE, { figures, given: [rounds * ROUNDS_FOR_ONE, sizes.join()] });
  const files = markdownTable(
    ['referrals', 'filled in, s', 'MB', 'kB a referral'],
    filled.map(({ size, seconds, bytes }) => [size, seconds, bytes / 1e6, bytes / size / 1e3]),
  );
  return `${TEXT}\n\n${table(lists, sizes)}\n\n${files}\n\nLoad average after: ${loadavg()[0]?.toFixed(1)}`;
}

function table(lists: Lists, sizes: readonly number[]): string {
  const [smallest, ...larger] = sizes;
  const head = [
    'page',
    ...sizes.map((size) => `${size}: ms`),
    ...sizes.map((size) => `${size}: µs`),
    ...larger.map((size) => `${size}: ratio`),
  ];
  const rows = [...new Set(lists.map(({ what }) => what))].map((what) => {
    const series = (size: number | undefined, of: 'ms' | 'micros') =>
      lists.find((one) => one.what === what && one.size === size)?.taken.map((each) => each[of]) ?? [];
    return [
      what,
      ...sizes.map((size) => median(series(size, 'ms'))),
      ...sizes.map((size) => Math.round(median(series(size, 'micros')))),
      ...larger.map((size) => ratioText(paired(series(size, 'micros'), series(smallest, 'micros')))),
    ];
  });
  return markdownTable(head, rows);
}
