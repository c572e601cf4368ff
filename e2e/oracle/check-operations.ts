import fc from 'fast-check';
import { parse, validate } from 'graphql';
import type { ComparedOperation } from '../../gateway/engine/compared-engine.fixture.ts';
import { askAll, type Judged } from './ask-all.ts';
import type { Contest } from './contest.ts';
import { SCOPES } from './made-up-permissions.ts';
import { pickOperation } from './pick-operation.ts';
import { isBeyondPlanner } from './planner-limits.ts';
import type { PickedOperation } from './picked-operation.ts';
import { renderOperation } from './render-operation.ts';
import { shrinkOperation } from './shrink-operation.ts';

export interface CheckedOperations {
  readonly agreed: number;
  /** Where ours agreed with the whole and the oracle did not. */
  readonly oracleWrong: number;
  readonly failure: FailedOperation | null;
}

export interface FailedOperation {
  readonly operation: ComparedOperation;
  readonly judged: Judged;
  /** What the generator starts from to meet it again at once. */
  readonly path: string;
}

export interface CheckOptions {
  readonly seed: number;
  readonly runs: number;
  readonly path?: string;
  readonly untilMs?: number;
  /** Asks as callers of the hub, each with some of the scopes. */
  readonly permissions?: boolean;
}

type Scopes = readonly string[] | null;

/** Asks generated operations until one is answered wrong; that one comes back as small as it gets. */
export async function checkOperations(
  contest: Contest,
  { seed, runs, path = '', untilMs = Infinity, permissions = false }: CheckOptions,
): Promise<CheckedOperations> {
  const counts = { agreed: 0, oracleWrong: 0 };
  const asked = (picked: PickedOperation, scopes: Scopes): ComparedOperation => ({
    ...renderOperation(contest.schema, picked),
    ...(scopes && { scopes }),
  });
  const judge = async (operation: ComparedOperation): Promise<Judged> => {
    const mistakes = validate(contest.schema, parse(operation.text));
    if (mistakes.length > 0) throw new Error(`generated what is not valid: ${mistakes.join()} in ${operation.text}`);
    return askAll(contest, operation);
  };
  // Introspection asks for a scope of its own, of which the whole knows nothing.
  const operations = pickOperation(contest.schema, { words: contest.words, introspection: !permissions });
  const scopeSets: fc.Arbitrary<Scopes> = permissions ? fc.subarray([...SCOPES]) : fc.constant(null);
  const found = await fc.check(
    fc.asyncProperty(operations, scopeSets, async (picked, scopes) => {
      const operation = asked(picked, scopes);
      if (Date.now() > untilMs || isBeyondPlanner(contest.name, parse(operation.text))) return true;
      const { verdict } = await judge(operation);
      if (verdict.kind === 'agree') counts.agreed += 1;
      if (verdict.kind === 'oracle-wrong') counts.oracleWrong += 1;
      return verdict.kind !== 'wrong';
    }),
    { seed, numRuns: runs, path, endOnFailure: true },
  );
  if (found.counterexample === null) return { ...counts, failure: null };
  if (found.errorInstance instanceof Error && !/returning false/.test(found.errorInstance.message))
    throw found.errorInstance;
  const [failing, scopes] = found.counterexample;
  const kind = kindOf(await judge(asked(failing, scopes)));
  const smallest = await shrinkOperation(
    failing,
    async (candidate) => kindOf(await judge(asked(candidate, scopes))) === kind,
  );
  const operation = asked(smallest, scopes);
  return { ...counts, failure: { operation, judged: await judge(operation), path: found.counterexamplePath ?? '' } };
}

/** What is wrong, roughly: shrinking shall not end with another mistake. */
function kindOf({ verdict }: Judged): string | null {
  return verdict.kind === 'wrong' ? (verdict.what.split(' ')[0] ?? '') : null;
}
