import { decisionSchema, type MadeDecision } from '../shared/decisions.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import type { AccessReads } from './access-reads.ts';
import { visiblePersons } from './visible-persons.ts';

/**
 * Decides again, on what the store says now: is what was decided before still so, on the same grounds? A consent that
 * was withdrawn and another given since is not the same (issue "trust": an answer whose record comes after a withdrawal
 * is never released).
 */
export async function stillStand(
  given: readonly unknown[],
  { reads, request }: { readonly reads: AccessReads; readonly request: HubRequest },
): Promise<boolean[]> {
  const made = given.map((one) => decisionSchema.parse(one));
  const now = new Map<string, MadeDecision>();
  const note = (decision: MadeDecision) => void now.set(decision.personId ?? '', decision);
  const ids = made.flatMap(({ personId, visible }) => (personId !== null && visible ? [personId] : []));
  await visiblePersons(reads, { ...request, note }, [...new Set(ids)]);
  // What was not decided, a matter among it, cannot have changed: the person is not in the answer by it.
  return made.map((before) => !before.visible || isSame(before, now.get(before.personId ?? '')));
}

function isSame(before: MadeDecision, after: MadeDecision | undefined): boolean {
  if (after === undefined || !after.visible) return false;
  return Object.entries(before.standings).every(([category, { basis, ground }]) => {
    const standing = after.standings[category];
    return standing !== undefined && standing.basis === basis && standing.ground === ground;
  });
}
