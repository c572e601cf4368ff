import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isOfType } from './of-type.ts';
import { type Answered, isAnswered, own, setOwn } from './own.ts';

const FRAGMENT = '... on ';

/** Compiles the rewrites of a plan: what of a representation, or of an answer, stands under another name or value elsewhere. */
export function compileRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  schema: GraphQLSchema,
): ((object: Answered) => void) | null {
  if (rewrites === undefined || rewrites.length === 0) return null;
  const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, schema));
  return (object) => {
    for (const apply of compiled) apply(object);
  };
}

/** Under which keys what is answered stands after its rewrites, besides those that it was asked by. */
export function renamedKeys(rewrites: readonly FetchDataRewrite[] = []): readonly string[] {
  return rewrites.flatMap((rewrite) => (rewrite.kind === 'KeyRenamer' ? [rewrite.renameKeyTo] : []));
}

function compileRewrite(rewrite: FetchDataRewrite, schema: GraphQLSchema): (value: unknown) => void {
  const field = rewrite.path.at(-1) ?? '';
  const last =
    rewrite.kind === 'ValueSetter'
      ? (object: Answered) => setOwn(object, field, rewrite.setValueTo)
      : (object: Answered) => rename(object, field, rewrite.renameKeyTo);
  return rewrite.path.slice(0, -1).reduceRight<(object: Answered) => void>((next, step) => {
    if (!step.startsWith(FRAGMENT)) return (object) => each(own(object, step), next);
    const condition = step.slice(FRAGMENT.length);
    return (object) => {
      const typename = own(object, '__typename');
      // A subgraph is not asked for every type name: an unknown one does not stop the rewrite.
      if (typeof typename !== 'string' || isOfType(schema, typename, condition)) next(object);
    };
  }, last) as (value: unknown) => void;
}

function each(value: unknown, apply: (object: Answered) => void): void {
  if (Array.isArray(value)) for (const item of value) each(item, apply);
  else if (isAnswered(value)) apply(value);
}

function rename(object: Answered, from: string, to: string): void {
  const value = own(object, from);
  if (value === undefined) return;
  setOwn(object, to, value);
  // Nobody reads it under the old name: merging and JSON leave it out.
  object[from] = undefined;
}
