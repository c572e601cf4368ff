import fc from 'fast-check';
import { callers } from './callers.ts';
import type { Asking } from './reference/asking.ts';
import { ALL_RULES, rulesMet } from './rules-met.ts';
import type { PersonFacts, World } from './world/facts.ts';

export interface Directed {
  readonly asking: Asking;
  readonly person: PersonFacts;
}

/** So many callers about each person are looked at, a few at a time. */
const MOST = 1_500;
const AT_A_TIME = 30;

/**
 * Of random callers those few who together meet every rule of the reference's tables in this world, so that a small budget
 * misses none; `unmet` = rules that nobody looked at meets.
 */
export function directedQuestions(
  world: World,
  seed: number,
): { readonly directed: readonly Directed[]; readonly unmet: readonly string[] } {
  const left = new Set(ALL_RULES);
  const directed: Directed[] = [];
  for (let from = 0; from < MOST && left.size > 0; from += AT_A_TIME)
    for (const person of world.persons)
      for (const asking of fc.sample(callers(person, world), { seed: seed + from, numRuns: AT_A_TIME })) {
        const met = left.size === 0 ? [] : rulesMet({ asking, person, world }, left);
        if (met.length > 0) directed.push({ asking, person });
        for (const rule of met) left.delete(rule);
      }
  return { directed, unmet: [...left] };
}
