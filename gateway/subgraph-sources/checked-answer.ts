import type { GraphQLFormattedError } from 'graphql';
import { invalidAnswer } from '../../adapters/shared/source-error.ts';
import type { SubgraphAnswer } from './subgraph-source.ts';

/** Deeper than any answer to an operation within the limits; far from where serializing would run out of stack. */
const MAX_DEPTH = 200;

/**
 * An answer in the shape of one: data an object or nothing, errors with a message. By hand, since every byte of every
 * answer passes here. Throws SOURCE_INVALID, whose cause holds nothing of the answer.
 */
export function checkedAnswer(source: string, value: unknown, { characters }: { characters: number }): SubgraphAnswer {
  if (!isObject(value)) throw invalidAnswer(source, 'no object');
  const { data, errors, extensions } = value;
  if (!isObjectOrNothing(data)) throw invalidAnswer(source, 'data that is no object');
  if (!isObjectOrNothing(extensions)) throw invalidAnswer(source, 'extensions that are no object');
  // Each level takes two characters.
  if (characters > 2 * MAX_DEPTH && isDeeper(value, MAX_DEPTH)) throw invalidAnswer(source, 'nested too deeply');
  return {
    data,
    ...((errors ?? null) !== null && { errors: errorsOf(source, errors) }),
    ...((extensions ?? null) !== null && { extensions: extensions ?? undefined }),
  };
}

function errorsOf(source: string, errors: unknown): GraphQLFormattedError[] {
  if (!Array.isArray(errors)) throw invalidAnswer(source, 'errors that are no list');
  return errors.map((error: unknown) => {
    if (!isObject(error) || typeof error.message !== 'string')
      throw invalidAnswer(source, 'an error without a message');
    const { message, path, extensions } = error;
    if (!isObjectOrNothing(extensions)) throw invalidAnswer(source, 'extensions that are no object');
    if (!isPathOrNothing(path)) throw invalidAnswer(source, 'a path that is none');
    return { message, ...(path && { path }), ...(extensions && { extensions }) };
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObjectOrNothing(value: unknown): value is Record<string, unknown> | null | undefined {
  return value === undefined || value === null || isObject(value);
}

function isPathOrNothing(value: unknown): value is (string | number)[] | null | undefined {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) && value.every((step) => typeof step === 'string' || typeof step === 'number');
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const one of value) if (isDeeper(one, levels - 1)) return true;
    return false;
  }
  const holder = value as Record<string, unknown>;
  for (const key in holder) {
    const inner = holder[key];
    if (typeof inner === 'object' && inner !== null && isDeeper(inner, levels - 1)) return true;
  }
  return false;
}
