import { GraphQLError } from 'graphql';

type Path = readonly (string | number)[];

/** One error for each misfit that no error of a subgraph explains: one without a path, or one above or below it. */
export function unexplainedMisfits(misfits: readonly Path[], errors: readonly GraphQLError[]): readonly GraphQLError[] {
  return misfits
    .filter((misfit) => !errors.some(({ path }) => path === undefined || isAlong(path, misfit)))
    .map(
      (path) =>
        new GraphQLError('A part of the answer did not fit the schema.', {
          path,
          extensions: { code: 'SOURCE_INVALID' },
        }),
    );
}

function isAlong(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((key, i) => key === other[i]);
}
