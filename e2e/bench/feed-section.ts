import { loadavg } from 'node:os';
import { z } from 'zod';
import { markdownTable } from './markdown-table.ts';
import { measuredProgram } from './measured-program.ts';
import { taken } from './taken.ts';

const MEASURE = 'subgraphs/referral/measured/measured-feed.fixture.ts';
const figures = z.object({ changes: z.number(), pages: z.number(), relayed: taken, read: taken });

/** A relay, then a department that were away catch up with the change feed; the order and the number are checked. */
export async function feedSection({ changes }: { changes: number }): Promise<string> {
  const { pages, relayed, read } = await measuredProgram(MEASURE, { figures, given: [changes] });
  const rows = (
    [
      ['from the outbox into the four feeds of both sides', relayed],
      [`read by the API, ${pages} pages`, read],
    ] as const
  ).map(([what, { ms, micros }]) => [what, changes, ms / 1_000, changes / (ms / 1_000), micros / changes]);
  const table = markdownTable(['what', 'changes', 's', 'a second', 'µs of processor time each'], rows);
  return `${table}\n\nLoad average after: ${loadavg()[0]?.toFixed(1)}`;
}
