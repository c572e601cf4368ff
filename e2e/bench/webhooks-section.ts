import { loadavg } from 'node:os';
import { z } from 'zod';
import { markdownTable } from './markdown-table.ts';
import { measuredProgram } from './measured-program.ts';
import { median } from './median.ts';
import { paired } from './paired.ts';
import { ratioText } from './ratio-text.ts';
import { taken } from './taken.ts';

const MEASURE = 'subgraphs/referral/measured/measured-webhooks.fixture.ts';
const deliveries = z.number();
const figures = z.array(
  z.object({
    receivers: z.number(),
    hanging: z.number(),
    burst: taken.extend({ deliveries }),
    steady: z.object({ medianMs: z.number(), latestMs: z.number(), deliveries }),
  }),
);
type Runs = z.infer<typeof figures>;

const TEXT = `90 receivers that answer, alone and beside 10 that take a connection and never answer; each on a port of its own of the
loopback, all in another process; without TLS. "burst": 100 changes that are there when it begins, to each of the 90.
"delay": from the commit of a change to its arrival, of 50 changes that come every 100 ms. Figures are medians over the runs;
"latest" is the latest of all runs.`;

/** Changes told to a hundred receivers of which ten hang, and to the ninety alone, in turn. */
export async function webhooksSection({ rounds }: { rounds: number }): Promise<string> {
  const runs = await measuredProgram(MEASURE, { figures, given: [rounds] });
  const [alone, beside] = [runs.filter(({ hanging }) => hanging === 0), runs.filter(({ hanging }) => hanging > 0)];
  const head = ['receivers', 'hanging', 'deliveries/s in a burst', 'µs a delivery', 'median delay, ms', 'latest, ms'];
  const table = markdownTable(head, [rowOf(alone), rowOf(beside)]);
  const [slower, later] = [
    paired(beside.map(perSecond), alone.map(perSecond)),
    paired(
      beside.map(({ steady }) => steady.medianMs),
      alone.map(({ steady }) => steady.medianMs),
    ),
  ].map(ratioText);
  return `${TEXT}\n\n${table}\n\nWith the ten ÷ without: deliveries/s ${slower}, median delay ${later}. Load average after: ${loadavg()[0]?.toFixed(1)}`;
}

const perSecond = ({ burst }: Runs[number]) => burst.deliveries / (burst.ms / 1_000);

function rowOf(runs: Runs): readonly number[] {
  return [
    runs[0]?.receivers ?? 0,
    runs[0]?.hanging ?? 0,
    median(runs.map(perSecond)),
    Math.round(median(runs.map(({ burst }) => burst.micros / burst.deliveries))),
    median(runs.map(({ steady }) => steady.medianMs)),
    Math.max(...runs.map(({ steady }) => steady.latestMs)),
  ];
}
