import { PassedText } from '../subgraph-sources/passed-text.ts';

/** An object of an answer: what a subgraph sent, or what is made of it. */
export type Answered = Record<string, unknown>;

/**
 * A value that is the object's own: names of the prototype are names like any other (case 34). What an object inherits is
 * functions and `__proto__`, and an answer has no functions: no look-up is needed but the usual one, which is the fast one.
 * What was to pass through is opened: somebody reads it.
 */
export function own(object: Readonly<Answered>, key: string): unknown {
  if (key === '__proto__') return Object.hasOwn(object, key) ? object[key] : undefined;
  const value = object[key];
  return opened(typeof value === 'function' ? undefined : value);
}

/** A value for somebody who reads it. */
export function opened(value: unknown): unknown {
  return value instanceof PassedText ? value.open() : value;
}

/** Whether there is a value, which is left as it is. */
export function has(object: Readonly<Answered>, key: string): boolean {
  return Object.hasOwn(object, key) && object[key] !== undefined;
}

/** Sets a value under any name; plain assignment to `__proto__` would change what the object inherits. */
export function setOwn(object: Answered, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

export function isAnswered(value: unknown): value is Answered {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
