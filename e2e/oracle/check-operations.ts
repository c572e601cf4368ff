import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { askAll, type Judged } from './ask-all.ts';
import type { Contest } from './contest.ts';
import { pickOperation } from './pick-operation.ts';
import { isBeyondPlanner } from './planner-limits.ts';
import type { PickedOperation } from './picked-operation.ts';
import { type RenderedOperation, renderOperation } from './render-operation.ts';
import { shrinkOperation } from './shrink-operation.ts';

export interface CheckedOperations {
  readonly agreed: number;
  /** Where ours agreed with the whole and the oracle did not. */
  readonly oracleWrong: number;
  readonly failure: FailedOperation | null;
}

export interface FailedOperation {
  readonly operation: RenderedOperation;
  readonly judged: Judged;
  /** What the generator starts from to meet it again at once. */
  readonly path: string;
}

/** Asks generated operations until one is answered wrong; that one comes back as small as it gets. */
export async function checkOperations(
  contest: Contest,
  { seed, runs, path = '', untilMs = Infinity }: { seed: number; runs: number; path?: string; untilMs?: number },
): Promise<CheckedOperations> {
  const counts = { agreed: 0, oracleWrong: 0 };
  const judge = async (picked: PickedOperation): Promise<Judged> => {
    const operation = renderOperation(contest.schema, picked);
    const mistakes = validate(contest.schema, parse(operation.text));
    if (mistakes.length > 0) throw new Error(`generated what is not valid: ${mistakes.join()} in ${operation.text}`);
    return askAll(contest, operation);
  };
  const found = await fc.check(
    fc.asyncProperty(pickOperation(contest.schema, { words: contest.words }), async (picked) => {
      const { text } = renderOperation(contest.schema, picked);
      if (Date.now() > untilMs || isBeyondPlanner(contest.name, parse(text))) return true;
      const { verdict } = await judge(picked);
      if (verdict.kind === 'agree') counts.agreed += 1;
      if (verdict.kind === 'oracle-wrong') counts.oracleWrong += 1;
      return verdict.kind !== 'wrong';
    }),
    { seed, numRuns: runs, path, endOnFailure: true },
  );
  if (found.counterexample === null) return { ...counts, failure: null };
  if (found.errorInstance instanceof Error && !/returning false/.test(found.errorInstance.message))
    throw found.errorInstance;
  const [failing] = found.counterexample;
  const kind = kindOf(await judge(failing));
  const smallest = await shrinkOperation(failing, async (candidate) => kindOf(await judge(candidate)) === kind);
  const operation = renderOperation(contest.schema, smallest);
  return { ...counts, failure: { operation, judged: await judge(smallest), path: found.counterexamplePath ?? '' } };
}

/** What is wrong, roughly: shrinking shall not end with another mistake. */
function kindOf({ verdict }: Judged): string | null {
  return verdict.kind === 'wrong' ? (verdict.what.split(' ')[0] ?? '') : null;
}
