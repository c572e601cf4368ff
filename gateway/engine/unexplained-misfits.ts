import type { GraphQLFormattedError } from 'graphql';

type Path = readonly (string | number)[];

/** Errors by the steps of their paths. */
interface Places {
  readonly below: Map<string | number, Places>;
  /** An error stands here. */
  isPlace: boolean;
}

/**
 * One error for each misfit that no error of a subgraph explains: one at it, above or below it. One without a path is of
 * nothing in particular, and explains nothing: it would keep silent what other subgraphs left out.
 */
export function* unexplainedMisfits(
  misfits: readonly Path[],
  errors: readonly GraphQLFormattedError[],
): Generator<GraphQLFormattedError, void> {
  if (misfits.length === 0) return;
  const root: Places = { below: new Map(), isPlace: false };
  for (const { path } of errors) {
    if (path !== undefined && path.length > 0) note(root, path);
  }
  for (const path of misfits) if (!isExplained(path, root)) yield doesNotFit(path);
}

function doesNotFit(path: Path): GraphQLFormattedError {
  return { message: 'A part of the answer did not fit the schema.', path, extensions: { code: 'SOURCE_INVALID' } };
}

function note(root: Places, path: Path): void {
  let at = root;
  for (const step of path) {
    const next = at.below.get(step) ?? { below: new Map(), isPlace: false };
    at.below.set(step, next);
    at = next;
  }
  at.isPlace = true;
}

function isExplained(misfit: Path, root: Places): boolean {
  let at: Places | undefined = root;
  for (const step of misfit) {
    if (at.isPlace) return true;
    at = at.below.get(step);
    if (at === undefined) return false;
  }
  return at.isPlace || at.below.size > 0;
}
