import type { Around } from './contest.ts';
import { mutatedAnswer, type Mutation } from './mutated-answer.ts';

const OF_ENTITIES: ReadonlySet<Mutation['kind']> = new Set([
  'an entity that fell out',
  'an entity twice',
  'two entities exchanged',
  'an answer for entities that was meant for another call',
]);

/** Answers of a subgraph that may come again in another's place. */
const EARLIER = 12;

/**
 * Calls to subgraphs whose answers are spoilt while somebody says how. What is answered rightly is worked out once for each
 * question: a subgraph is not what is looked at here.
 */
export function spoiltCalls() {
  const right = new Map<string, string>();
  const earlierOf = new Map<string, unknown[]>();
  /** Of the calls of the operation at hand, as they were made unspoilt: whether entities were asked for. */
  let unspoilt: boolean[] = [];
  let spoiling: { calls: number; readonly mutations: readonly Mutation[] } | null = null;
  let met = 0;

  /** Numbers of calls that a mutation can change. */
  const targetsOf = ({ kind }: Mutation): readonly number[] =>
    unspoilt.flatMap((ofEntities, number) => (ofEntities || !OF_ENTITIES.has(kind) ? [number] : []));
  const isTarget = (one: Mutation, number: number): boolean => {
    const targets = targetsOf(one);
    return targets[one.call % Math.max(1, targets.length)] === number;
  };

  const around: Around = (call, subgraph) => async (operation, context) => {
    const now = spoiling;
    const number = now === null ? unspoilt.push(operation.variables?.representations !== undefined) : now.calls++;
    const question = JSON.stringify([subgraph, operation.query, operation.variables]);
    const known = right.get(question) ?? JSON.stringify(await call(operation, context));
    right.set(question, known);
    const answer: Awaited<ReturnType<typeof call>> = JSON.parse(known);
    const earlier = earlierOf.get(subgraph) ?? [];
    earlierOf.set(subgraph, [answer, ...earlier].slice(0, EARLIER));
    let spoilt: unknown = structuredClone(answer);
    for (const one of now?.mutations ?? []) {
      if (!isTarget(one, number) || typeof spoilt !== 'object' || spoilt === null) continue;
      const before = JSON.stringify(spoilt);
      // Counted first: one that throws has spoilt it too.
      met += 1;
      spoilt = mutatedAnswer(spoilt, one, earlier);
      if (JSON.stringify(spoilt) === before) met -= 1;
    }
    return spoilt as typeof answer;
  };

  return {
    around,
    /** Spoils what is answered while `run` runs. */
    async whileSpoilt<T>(mutations: readonly Mutation[], run: () => Promise<T>): Promise<T> {
      spoiling = { calls: 0, mutations };
      try {
        return await run();
      } finally {
        spoiling = null;
      }
    },
    /** The next operation, asked for the first time: its answers are right, and what calls it makes is noted. */
    async first(run: () => Promise<unknown>): Promise<{ ofEntities: boolean }> {
      right.clear();
      earlierOf.clear();
      unspoilt = [];
      await run();
      return { ofEntities: unspoilt.includes(true) };
    },
    /** Mutations that met a call and changed its answer. */
    met: () => met,
  };
}
