import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type PlanPath, placesOf, type ResponsePath } from './objects-at.ts';
import type { Answered } from './own.ts';
import { clientsPath } from './plan-keys.ts';

/** Where the entities of a fetch stand in the data. */
export interface FetchPlace {
  readonly data: Answered;
  readonly path: PlanPath;
  /** Per representation; `null` = a fetch of root fields. */
  readonly entitiesOf: readonly (readonly Answered[])[] | null;
}

/**
 * A subgraph's errors with the paths of the client's answer in place of its own: one each for every entity that a
 * representation stood for. Paths that cannot be followed are cut where they stop making sense.
 */
export function errorsInPlace(errors: readonly GraphQLFormattedError[], place: FetchPlace): readonly GraphQLError[] {
  const places = place.entitiesOf && placesOf(new Set(place.entitiesOf.flat()), place);
  return errors.flatMap(({ message, path, extensions }) => {
    const options = { extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions } };
    const at = (where: ResponsePath) => new GraphQLError(message, { ...options, path: clientsPath(where) });
    if (path === undefined) return [new GraphQLError(message, options)];
    if (places === null || place.entitiesOf === null)
      return [at([...place.path.filter((key) => key !== '@'), ...path])];
    const [, index, ...inner] = path;
    const entities = typeof index === 'number' ? (place.entitiesOf[index] ?? []) : [];
    const found = entities.flatMap((entity) => places.get(entity) ?? []);
    if (found.length === 0) return [new GraphQLError(message, options)];
    return found.map((where) => at([...where, ...inner]));
  });
}
