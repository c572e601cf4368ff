import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { OperationShape } from './operation-shape.ts';
import { isWitness } from './witnesses.ts';

type Path = readonly (string | number)[];

/**
 * What `@requires` fetches besides the operation may fail at paths that nobody asked for. Such an error keeps its code
 * and loses the part of its path that the answer does not have; "no basis" for something that was not asked is no error.
 */
export function askedErrors(
  errors: readonly (GraphQLError | GraphQLFormattedError)[],
  answer: { data: unknown; shape: OperationShape },
): readonly (GraphQLError | GraphQLFormattedError)[] {
  return errors.flatMap((error) => {
    const { path = [], message, extensions } = error;
    const known = knownPart(path, answer);
    if (known.length === path.length) return [error];
    return extensions?.code === 'NO_BASIS' ? [] : [{ message, path: known, ...(extensions && { extensions }) }];
  });
}

/**
 * The longest beginning of the path that was asked and that the answer has; below a null everything counts as asked but
 * what the hub itself asks.
 */
function knownPart(path: Path, { data, shape }: { data: unknown; shape: OperationShape }): Path {
  let at = data;
  let fields: OperationShape | null = shape;
  for (const [i, key] of path.entries()) {
    if (typeof key === 'string' && isWitness(key)) return path.slice(0, i);
    if (typeof at !== 'object' || at === null) continue;
    // A field that was taken out stands in a completed answer as null, and nobody asked for what failed under its name.
    if (typeof key === 'string') {
      const field: ReturnType<OperationShape['get']> = fields?.get(key);
      if (field === undefined) return path.slice(0, i);
      fields = field.fields;
    }
    if (!Object.hasOwn(at, key)) return path.slice(0, i);
    at = (at as Record<string | number, unknown>)[key];
  }
  return path;
}
