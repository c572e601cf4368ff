import { type Answered, has, isAnswered, opened, own, setOwn } from './own.ts';

/**
 * Merges what a subgraph answered into what is already there. Objects and lists of one length merge; where both have a
 * leaf, the later one counts, as in Apollo's gateway. Objects of the answer may become part of the target.
 */
export function mergeInto(target: Answered, answered: Readonly<Answered>): void {
  for (const key of Object.keys(answered)) {
    const value = answered[key];
    if (value !== undefined) setOwn(target, key, has(target, key) ? merged(own(target, key), opened(value)) : value);
  }
}

function merged(before: unknown, value: unknown): unknown {
  // Deduplicated entities share what was answered for both.
  if (before === value) return value;
  if (Array.isArray(value) && Array.isArray(before) && value.length === before.length) {
    for (const [i, item] of value.entries()) before[i] = merged(before[i], item);
    return before;
  }
  if (!isAnswered(value) || !isAnswered(before)) return value;
  mergeInto(before, value);
  return before;
}
