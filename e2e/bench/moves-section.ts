import { loadavg } from 'node:os';
import { z } from 'zod';
import { markdownTable } from './markdown-table.ts';
import { measuredProgram } from './measured-program.ts';
import { taken } from './taken.ts';

const MEASURE = 'subgraphs/referral/measured/measured-moves.fixture.ts';
const WHAT = { SAVE: 'a document saved into the store, for comparison', CREATE: 'creations', MOVE: 'moves' } as const;
const figures = z.array(
  taken.extend({ what: z.enum(['SAVE', 'CREATE', 'MOVE']), callers: z.number(), done: z.number() }),
);

const TEXT = `Through the referral subgraph, in one process: SQLite on disk, WAL, synchronous=FULL. A creation seals its reason, chooses
the consent and starts the clock; the moves are accept, start, complete with sealed advice, acknowledge. Behind each the
change goes into the feeds of both sides. 2,000 people with their keys; no gateway in front.`;

/** Referrals created and moved, durable, a second. */
export async function movesSection({ seconds }: { seconds: number }): Promise<string> {
  const rows = (await measuredProgram(MEASURE, { figures, given: [seconds] })).map(
    ({ what, callers, done, ms, micros }) => [
      WHAT[what],
      callers,
      done / (ms / 1_000),
      ms / (done / callers),
      Math.round(micros / done),
    ],
  );
  const table = markdownTable(['what', 'callers at once', 'a second', 'ms each takes', 'µs of processor time'], rows);
  return `${TEXT}\n\n${table}\n\nLoad average after: ${loadavg()[0]?.toFixed(1)}`;
}
