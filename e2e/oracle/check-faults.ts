import fc from 'fast-check';
import { parse } from 'graphql';
import type { Answer } from '../../gateway/engine/compared-engine.fixture.ts';
import { misfitOf } from './answer-fits.ts';
import type { Contest } from './contest.ts';
import { MUTATION_KINDS, mutatedAnswer, type Mutation } from './mutated-answer.ts';
import { openContest } from './open-contest.ts';
import { pickOperation } from './pick-operation.ts';
import { type RenderedOperation, renderOperation } from './render-operation.ts';
import { strangersIn } from './strangers-in.ts';

export interface CheckedFaults {
  /** Mutations that met a call. */
  readonly met: number;
  readonly failure: {
    readonly claim: string;
    readonly operation: RenderedOperation;
    readonly mutations: readonly Mutation[];
    readonly path: string;
  } | null;
}

/** Beyond this a request hangs. */
const HANG_MS = 20_000;
/** What takes something out of an answer that a right one would have. */
const LOUD: ReadonlySet<Mutation['kind']> = new Set([
  'no answer',
  'a failure',
  'another type name',
  'an entity that fell out',
  'an entity twice',
]);

const mutation: fc.Arbitrary<Mutation> = fc.record({
  call: fc.nat(5),
  kind: fc.constantFrom(...MUTATION_KINDS),
  where: fc.nat(200),
  how: fc.nat(20),
});

/**
 * Runs operations against subgraphs whose valid answers are spoilt. Whatever they say: the engine answers, its answer fits
 * the API, nothing is missing in silence, and nobody's values stand under another's path.
 */
export async function checkFaults(
  name: string,
  { seed, runs, path = '', untilMs = Infinity }: { seed: number; runs: number; path?: string; untilMs?: number },
): Promise<CheckedFaults> {
  let spoiling: { calls: number; met: number; mutations: readonly Mutation[] } | null = null;
  let met = 0;
  const contest = await openContest(name, {
    seed,
    around: (call) => async (operation, context) => {
      const now = spoiling;
      const number = now === null ? 0 : now.calls++;
      let answer: unknown = await call(operation, context);
      for (const one of now?.mutations ?? []) {
        if (one.call !== number || typeof answer !== 'object' || answer === null) continue;
        met += 1;
        answer = mutatedAnswer(answer, one);
      }
      return answer as Awaited<ReturnType<typeof call>>;
    },
  });
  const brokenClaim = async (operation: RenderedOperation, mutations: readonly Mutation[]): Promise<string | null> => {
    spoiling = null;
    const right = await contest.whole(operation);
    spoiling = { calls: 0, met: 0, mutations };
    // Two at once, which may share calls: what is wrong with a shared answer is nobody else's.
    const answers = await Promise.all([inTime(contest.ask('hub', operation)), inTime(contest.ask('hub', operation))]);
    spoiling = null;
    const claims = answers.map((answer) =>
      answer === null ? 'the engine hangs or breaks' : claimOf({ operation, mutations, answer, right, contest }),
    );
    return claims.find((one) => one !== null) ?? null;
  };
  const operations = pickOperation(contest.schema, { words: contest.words, introspection: false });
  let claim = '';
  const found = await fc.check(
    fc.asyncProperty(operations, fc.array(mutation, { minLength: 1, maxLength: 3 }), async (picked, mutations) => {
      if (Date.now() > untilMs) return true;
      const broken = await brokenClaim(renderOperation(contest.schema, picked), mutations);
      claim = broken ?? claim;
      return broken === null;
    }),
    { seed, numRuns: runs, path },
  );
  try {
    if (found.counterexample === null) return { met, failure: null };
    const [picked, mutations] = found.counterexample;
    const operation = renderOperation(contest.schema, picked);
    const broken = (await brokenClaim(operation, mutations)) ?? claim;
    return { met, failure: { claim: broken, operation, mutations, path: found.counterexamplePath ?? '' } };
  } finally {
    await contest.stop();
  }
}

interface Spoilt {
  readonly operation: RenderedOperation;
  readonly mutations: readonly Mutation[];
  readonly answer: Answer;
  readonly right: Answer;
  readonly contest: Contest;
}

/** The first claim that does not hold, or `null`. */
function claimOf({ operation, mutations, answer, right, contest }: Spoilt): string | null {
  if (Object.keys(Object.prototype).length > 0 || Reflect.has({}, 'polluted')) return 'the prototype is polluted';
  const data: unknown = structuredClone(answer.data ?? null);
  const misfit = misfitOf(data, {
    schema: contest.schema,
    document: parse(operation.text),
    variables: operation.variables,
  });
  if (misfit !== null) return `the answer does not fit the API: ${misfit}`;
  const strangers = strangersIn(data, right.data);
  if (strangers.length > 0) return `values under another's path: ${strangers.join('; ')}`;
  const isLoud = mutations.every(({ kind }) => LOUD.has(kind));
  if (isLoud && (answer.errors ?? []).length === 0 && JSON.stringify(data) !== JSON.stringify(right.data))
    return 'something is missing, and nothing says so';
  return null;
}

async function inTime(answer: Promise<Answer>): Promise<Answer | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), HANG_MS);
  try {
    return await Promise.race([answer, promise]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
