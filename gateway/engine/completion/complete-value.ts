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
    const place = enter(at, key);
    return left(completeItems(value, completeItem, at), place, at);
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

/** How much was noted when an object or list was entered. */
export interface Place {
  readonly noted: number;
  readonly forbidden: number;
}

/** Goes a key deeper. */
export function enter(at: Completing, key: string | number): Place {
  at.path.push(key);
  return { noted: at.shown?.notes.length ?? 0, forbidden: at.forbidden.length };
}

/** Comes back with what was completed there. What is null after all shows nothing and forbids nothing. */
export function left<T>(completed: T | null, { noted, forbidden }: Place, at: Completing): T | null {
  at.path.pop();
  if (completed !== null) return completed;
  at.forbidden.length = forbidden;
  if (at.shown !== null) at.shown.notes.length = noted;
  return null;
}
