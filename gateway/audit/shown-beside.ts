import { ANY_ROOT, type MadeDecision } from '../../subgraphs/shared/decisions.ts';
import type { ShownData } from '../permissions/shown-data.ts';

/** Coordinates with a value in the answer under the root fields where something about the person stands outside `Person`. */
export function shownBeside(
  { beside }: Pick<MadeDecision, 'beside'>,
  { others, underRoots }: ShownData,
): ReadonlySet<string> {
  if (beside.includes(ANY_ROOT)) return others;
  return new Set(beside.flatMap((root) => [...(underRoots.get(root) ?? [])]));
}
