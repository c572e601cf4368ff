import { broadOperation } from './broad-operation.ts';
import type { Finding } from './check-permissions.ts';
import { directedQuestions } from './directed-questions.ts';
import { type Counts, judging, type Played } from './judging.ts';

interface CheckedRules extends Counts {
  /** Rules of the tables that nothing asked here met. */
  readonly unmet: readonly string[];
  readonly finding: Finding | null;
}

/** The few callers who together meet every rule of the tables, each asking for all there is about the person. */
export async function checkDirected(played: Played, seed: number): Promise<CheckedRules> {
  const { directed, unmet } = directedQuestions(played.world, seed);
  const { judgedText, counts } = judging(played);
  for (const one of directed) {
    const operation = broadOperation(one, played.world);
    const found = await judgedText(one.asking, operation);
    if (found !== null) return { ...counts, unmet, finding: { ...found, asking: one.asking, operation, path: '' } };
  }
  return { ...counts, unmet, finding: null };
}
