import type { GraphQLFormattedError } from 'graphql';

type Erroneous = Pick<GraphQLFormattedError, 'path' | 'extensions'>;

/**
 * What `@requires` fetches besides the operation may fail at paths that nobody asked for. Such an error keeps its code
 * and loses the part of its path that the answer does not have; "no basis" for something that was not asked is no error.
 */
export function askedErrors<E extends Erroneous>(
  errors: readonly E[],
  data: unknown,
  withPath: (error: E, path: NonNullable<E['path']>) => E,
): readonly E[] {
  return errors.flatMap((error) => {
    const known = knownPart(error.path ?? [], data);
    if (known.length === (error.path?.length ?? 0)) return [error];
    return error.extensions?.code === 'NO_BASIS' ? [] : [withPath(error, known)];
  });
}

/** The longest beginning of the path that the answer has; below a null everything counts as asked. */
function knownPart(path: NonNullable<Erroneous['path']>, data: unknown): NonNullable<Erroneous['path']> {
  let at = data;
  for (const [i, key] of path.entries()) {
    if (typeof at !== 'object' || at === null) return path;
    if (!Object.hasOwn(at, key)) return path.slice(0, i);
    at = (at as Record<string | number, unknown>)[key];
  }
  return path;
}
