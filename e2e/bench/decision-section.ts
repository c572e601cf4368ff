import { z } from 'zod';
import { runToEnd } from '../harness/run-to-end.ts';
import { inProject } from './kept-processes.ts';
import { markdownTable } from './markdown-table.ts';
import { median } from './median.ts';

const MEASURE = 'subgraphs/person/access/decision-cost.fixture.ts';
const DECISIONS = 50_000;
const AIM_MICROS = 50;
const figures = z.object({ microseconds: z.array(z.number()).min(1) });

/** One access decision in memory, in a process of its own: facts at hand, no store, no signature. */
export async function decisionSection(): Promise<string> {
  const { exitCode, stdout, stderr } = await runToEnd([inProject(MEASURE), String(DECISIONS)]);
  if (exitCode !== 0) throw new Error(`the decisions were not measured: ${stderr}`);
  const { microseconds } = figures.parse(JSON.parse(stdout));
  const rows = [
    [
      '6 links, 5 consents, 3 members of the care team',
      DECISIONS,
      median(microseconds),
      Math.max(...microseconds),
      AIM_MICROS,
    ],
  ];
  return markdownTable(['facts', 'decisions', 'µs each', 'slowest batch, µs', 'aim, µs'], rows);
}
