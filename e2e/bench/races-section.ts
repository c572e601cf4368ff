import { z } from 'zod';
import { runToEnd } from '../harness/run-to-end.ts';
import { inProject } from './kept-processes.ts';
import { markdownTable } from './markdown-table.ts';

const RACES = 'gateway/audit/withdrawal-races.fixture.ts';
const count = z.number().int().nonnegative();
const figures = z.object({ races: count, released: count, withheld: count, refused: count, late: count });

/** The races of `gateway/audit/withdrawal-races.test.ts`, more of them. `late` must be none. */
export async function racesSection({ races }: { races: number }): Promise<{ text: string; late: number }> {
  const { exitCode, stdout, stderr } = await runToEnd([inProject(RACES), String(races)]);
  if (exitCode !== 0) throw new Error(`the races were not run to their end: ${stderr}`);
  const ends = figures.parse(JSON.parse(stdout));
  const rows = [
    ['races of a withdrawal against an answer in flight', ends.races],
    ['released: the record was durable before the withdrawal', ends.released],
    ['withheld: decided before the withdrawal, kept back after it', ends.withheld],
    ['refused: the withdrawal came before the decision', ends.refused],
    ['released although the record came after the withdrawal (must be 0)', ends.late],
  ] as const;
  return { text: markdownTable(['what', 'how many'], rows), late: ends.late };
}
