import fc from 'fast-check';
import type { Answer, ComparedOperation } from '../../gateway/engine/compared-engine.fixture.ts';
import type { Contest } from './contest.ts';
import { brokenClaim } from './fault-claims.ts';
import { SCOPES } from './made-up-permissions.ts';
import { MUTATION_KINDS, type Mutation } from './mutated-answer.ts';
import { openContest } from './open-contest.ts';
import { pickOperation } from './pick-operation.ts';
import type { PickedOperation } from './picked-operation.ts';
import { renderOperation } from './render-operation.ts';
import { shrinkOperation } from './shrink-operation.ts';
import { spoiltCalls } from './spoilt-calls.ts';

export interface CheckedFaults {
  /** Mutations that met a call and changed its answer. */
  readonly met: number;
  readonly failure: {
    readonly claim: string;
    readonly operation: ComparedOperation;
    readonly mutations: readonly Mutation[];
    readonly path: string;
  } | null;
}

export interface CheckFaultsOptions {
  readonly seed: number;
  /** Operations. */
  readonly runs: number;
  /** How often each is asked, with other mutations each time. */
  readonly times?: number;
  readonly path?: string;
  readonly untilMs?: number;
}

/** Beyond this a request hangs. */
const HANG_MS = 20_000;

/** In the hub entities say which one they are; in anonymous mode nobody can tell that two changed places. */
const HUB_ONLY: ReadonlySet<Mutation['kind']> = new Set([
  'two entities exchanged',
  'an answer for entities that was meant for another call',
]);

/** Of what is tried where there are no entities: less can be mistaken for each other. */
const PLAIN_SHARE = 0.2;

/** Of the hub's many root fields those that lead to several people and several departments. */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  'hub/mocked': ['person', 'persons', 'referral', 'referrals'],
};

/** Two of these may give a list of the right length of others, which is an exchange again. */
const CHANGES_LENGTH: ReadonlySet<Mutation['kind']> = new Set([
  'an entity twice',
  'an entity that fell out',
  'too many in a list',
  'too few in a list',
  'a huge list',
]);

const mutationOf = (kinds: readonly Mutation['kind'][]): fc.Arbitrary<readonly Mutation[]> =>
  fc.array(fc.record({ call: fc.nat(200), kind: fc.constantFrom(...kinds), where: fc.nat(200), how: fc.nat(20) }), {
    minLength: 1,
    maxLength: 3,
  });

/** Each asked in the hub, as somebody who may read nearly all, or in anonymous mode. */
const spoilings = (times: number) =>
  fc.boolean().chain((inHub) => {
    const kinds = MUTATION_KINDS.filter((kind) => inHub || !HUB_ONLY.has(kind));
    const one = mutationOf(kinds).filter(
      (all) => inHub || all.filter(({ kind }) => CHANGES_LENGTH.has(kind)).length < 2,
    );
    const lists = fc.array(one, { minLength: times, maxLength: times });
    return lists.map((all) => ({ inHub, all }));
  });

/**
 * Runs operations against subgraphs whose valid answers are spoilt. Whatever they say: the engine answers, its answer fits
 * the API, nothing is missing in silence, and nobody's values stand under another's path.
 */
export async function checkFaults(
  name: string,
  { seed, runs, times = 4, path = '', untilMs = Infinity }: CheckFaultsOptions,
): Promise<CheckedFaults> {
  const calls = spoiltCalls();
  const contest = await openContest(name, { seed, around: calls.around });
  const asked = (picked: PickedOperation, inHub: boolean): ComparedOperation => ({
    ...renderOperation(contest.schema, picked),
    ...(inHub && { scopes: SCOPES }),
  });
  const broken = async (operation: ComparedOperation, all: readonly (readonly Mutation[])[]) =>
    firstBroken(operation, all, { contest, calls });
  try {
    const picking = { words: contest.words, introspection: false, roots: ROOTS[name] };
    const operations = pickOperation(contest.schema, picking);
    const found = await fc.check(
      fc.asyncProperty(operations, spoilings(times), async (picked, { inHub, all }) => {
        if (Date.now() > untilMs) return true;
        return (await broken(asked(picked, inHub), all)) === null;
      }),
      { seed, numRuns: runs, path, endOnFailure: true },
    );
    if (found.counterexample === null) return { met: calls.met(), failure: null };
    const [failing, { inHub, all }] = found.counterexample;
    const first = await broken(asked(failing, inHub), all);
    if (first === null) throw new Error('broken only once', { cause: found.errorInstance });
    const { mutations } = first;
    const smallest = await shrinkOperation(
      failing,
      async (candidate) => (await broken(asked(candidate, inHub), [mutations])) !== null,
    );
    const operation = asked(smallest, inHub);
    const { claim } = (await broken(operation, [mutations])) ?? first;
    return { met: calls.met(), failure: { claim, operation, mutations, path: found.counterexamplePath ?? '' } };
  } finally {
    await contest.stop();
  }
}

/**
 * Asks one operation with one list of mutations after another, each time twice at once: they may share calls, and what is
 * wrong with a shared answer is nobody else's.
 */
async function firstBroken(
  operation: ComparedOperation,
  all: readonly (readonly Mutation[])[],
  { contest, calls }: { contest: Contest; calls: ReturnType<typeof spoiltCalls> },
): Promise<{ claim: string; mutations: readonly Mutation[] } | null> {
  const both = async () => Promise.all([inTime(contest.ask('hub', operation)), inTime(contest.ask('hub', operation))]);
  const { ofEntities } = await calls.first(both);
  const [right, full] = [await contest.whole(operation), await contest.full(operation)];
  for (const mutations of ofEntities ? all : all.slice(0, Math.ceil(all.length * PLAIN_SHARE))) {
    const answers = await calls.whileSpoilt(mutations, both);
    for (const answer of answers) {
      const claim =
        answer === null
          ? 'the engine hangs or breaks'
          : brokenClaim({ operation, mutations, answer, right, full, contest });
      if (claim !== null) return { claim, mutations };
    }
  }
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
