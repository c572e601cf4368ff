import { parse } from 'graphql';
import type { Answer, ComparedOperation } from '../../gateway/engine/compared-engine.fixture.ts';
import { misfitOf } from './answer-fits.ts';
import type { Contest } from './contest.ts';
import type { Mutation } from './mutated-answer.ts';
import { strangersIn } from './strangers-in.ts';

/** What takes out of an answer, or puts into another's place, what an engine can know not to be right. */
const LOUD: ReadonlySet<Mutation['kind']> = new Set([
  'a missing key',
  'no answer',
  'a failure',
  'another type name',
  'an entity that fell out',
  'an entity twice',
  'two entities exchanged',
  'an answer for entities that was meant for another call',
]);

interface Spoilt {
  readonly operation: ComparedOperation;
  readonly mutations: readonly Mutation[];
  readonly answer: Answer;
  readonly right: Answer;
  /** The right one as if nothing of it were null. */
  readonly full: Answer;
  readonly contest: Contest;
}

type Path = readonly (string | number)[];

/** The first claim that does not hold of an answer over spoilt ones, or `null`. */
export function brokenClaim({ operation, mutations, answer, right, full, contest }: Spoilt): string | null {
  if (Object.keys(Object.prototype).length > 0 || Reflect.has({}, 'polluted')) return 'the prototype is polluted';
  const data: unknown = structuredClone(answer.data ?? null);
  const misfit = misfitOf(data, {
    schema: contest.schema,
    document: parse(operation.text),
    variables: operation.variables,
  });
  if (misfit !== null) return `the answer does not fit the API: ${misfit}`;
  const strangers = strangersIn(data, full.data);
  if (strangers.length > 0) return `values under another's path: ${strangers.join('; ')}`;
  if (!mutations.every(({ kind }) => LOUD.has(kind))) return null;
  const known = new Set((right.errors ?? []).map(({ path }) => JSON.stringify(path)));
  const silent = differences(data, right.data, []).find(
    (place) =>
      !(answer.errors ?? []).some(
        ({ path }) => isAlong(path, place) || (isBeside(path, place) && !known.has(JSON.stringify(path))),
      ),
  );
  return silent === undefined ? null : `something is another, and nothing says so: ${silent.join('.')}`;
}

/** Where two answers begin to differ. */
function differences(one: unknown, other: unknown, path: Path): readonly Path[] {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return (one ?? null) === (other ?? null) ? [] : [path];
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return [path];
  return Object.keys(one).flatMap((key) =>
    differences(Reflect.get(one, key), Reflect.get(other, key), [...path, Array.isArray(one) ? Number(key) : key]),
  );
}

/** An error on the way to a place, or below it. One without a path is of the whole answer: an operation that was refused. */
function isAlong(path: Path | undefined, place: Path): boolean {
  if (path === undefined) return place.length === 0;
  return path.slice(0, place.length).every((key, i) => key === place[i]);
}

/** What `@requires` needs may be missing beside the field that needs it. */
function isBeside(path: Path | undefined, place: Path): boolean {
  const apart = path?.findIndex((key, i) => key !== place[i]) ?? 0;
  return typeof path?.[apart] === 'string';
}
