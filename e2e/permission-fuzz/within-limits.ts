import type { Picked, PickedOperation } from '../oracle/picked-operation.ts';

/** Below what one request may have, for fragments count wherever they are spread. */
const MOST_CONDITIONS = 10;
const MOST_ALIASES = 20;

/** A picked operation with as many conditions and aliases as a request may have: the first of them. */
export function withinLimits(picked: PickedOperation): PickedOperation {
  let conditionsLeft = MOST_CONDITIONS;
  let aliasesLeft = MOST_ALIASES;
  const bounded = (one: Picked): Picked => {
    const conditions = one.conditions.slice(0, conditionsLeft);
    conditionsLeft -= conditions.length;
    if (one.kind === 'again') return { ...one, conditions };
    if (one.kind === 'fragment') return { ...one, conditions, selections: one.selections.map(bounded) };
    const alias = aliasesLeft > 0 ? one.alias : null;
    if (alias !== null) aliasesLeft -= 1;
    return { ...one, conditions, alias, selections: one.selections?.map(bounded) ?? null };
  };
  return { ...picked, selections: picked.selections.map(bounded) };
}
