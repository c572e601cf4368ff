import { type GraphQLOutputType, isLeafType, isListType, isNonNullType, type GraphQLCompositeType } from 'graphql';
import { type Complete, type Completing, misfit } from './completing.ts';
import { leafValue } from './leaf-value.ts';

/** Compiles the completion of a type: its lists, nulls and leaves here, its objects by `completeObject`. */
export function completeValue(
  type: GraphQLOutputType,
  completeObject: (type: GraphQLCompositeType) => Complete,
): Complete {
  if (isNonNullType(type)) return nonNull(completeValue(type.ofType, completeObject));
  if (isListType(type)) return listOf(completeValue(type.ofType, completeObject));
  return isLeafType(type) ? leaf(leafValue(type)) : completeObject(type);
}

function nonNull(complete: Complete): Complete {
  return (value, at, key) => {
    const misfits = at.misfits.length;
    const completed = complete(value, at, key);
    if (completed !== null) return completed;
    // What made it null is told already.
    if (at.misfits.length === misfits) misfit(at, key);
    return undefined;
  };
}

function leaf(leaves: (value: unknown) => unknown): Complete {
  return (value, at, key) => {
    if (value === null || value === undefined) return null;
    const left = leaves(value);
    return left === undefined ? misfit(at, key) : left;
  };
}

function listOf(completeItem: Complete): Complete {
  return (value, at, key) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return misfit(at, key);
    return within(at, key, () => completeItems(value, completeItem, at));
  };
}

/** A list of which every item is as it should be is the answer itself. */
function completeItems(items: readonly unknown[], completeItem: Complete, at: Completing): readonly unknown[] | null {
  let whole = true;
  let completed: unknown[] | null = null;
  for (let i = 0; i < items.length; i += 1) {
    const one = completeItem(items[i], at, i);
    if (one === undefined) whole = false;
    if (completed === null && one !== items[i]) completed = items.slice(0, i);
    completed?.push(one);
  }
  return whole ? (completed ?? items) : null;
}

/** Goes a key deeper. What is null after all shows nothing and forbids nothing. */
export function within<T>(at: Completing, key: string | number, complete: () => T | null): T | null {
  const noted = at.shown?.notes.length ?? 0;
  const forbidden = at.forbidden.length;
  at.path.push(key);
  const completed = complete();
  at.path.pop();
  if (completed === null) {
    at.forbidden.length = forbidden;
    if (at.shown !== null) at.shown.notes.length = noted;
  }
  return completed;
}
