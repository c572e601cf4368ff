import type { GraphQLFormattedError } from 'graphql';
import { ECHO_PREFIX } from '../subgraph-sources/echo-prefix.ts';
import { type PlanPath, placesOf, type ResponsePath } from './objects-at.ts';
import type { Answered } from './own.ts';
import { clientsPath } from './plan-keys.ts';

/** Where the entities of a fetch stand in the data. */
export interface FetchPlace {
  readonly data: Answered;
  readonly path: PlanPath;
  /** Per representation; `null` = a fetch of root fields. */
  readonly entitiesOf: readonly (readonly Answered[])[] | null;
  /** The keys that the fetch asks of its root or of its entities: an error is about one of these, or about nothing. */
  readonly asked: Pick<ReadonlySet<string>, 'has'>;
}

/**
 * A subgraph's errors with the paths of the client's answer in place of its own: one each for every entity that a
 * representation stood for. A path that cannot be followed is left out: such an error is of nothing in particular.
 */
export function* errorsInPlace(
  errors: readonly GraphQLFormattedError[],
  place: FetchPlace,
): Generator<GraphQLFormattedError> {
  if (errors.length === 0) return;
  const places = place.entitiesOf && placesOf(new Set(place.entitiesOf.flat()), place);
  for (const { message, path, extensions } of errors) {
    // No `Error`: nobody reads its stack.
    const told = { message, extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions } };
    const found = path && inPlace(path, { ...place, places });
    if (found === undefined || found.length === 0) yield told;
    else for (const where of found) yield { ...told, path: clientsPath(where) };
  }
}

/** Where a path of a subgraph's answer is in the client's. */
function inPlace(
  errorPath: ResponsePath,
  { path, entitiesOf, asked, places }: FetchPlace & { places: ReadonlyMap<Answered, readonly ResponsePath[]> | null },
): readonly ResponsePath[] {
  const isAbout = (key: string | number | undefined) => typeof key === 'string' && asked.has(key);
  if (places === null || entitiesOf === null)
    return isAbout(errorPath[0]) ? [[...path.filter((key) => key !== '@'), ...errorPath]] : [];
  const [, index, ...below] = errorPath;
  // What the hub itself asked for is nobody's place.
  const inner = typeof below[0] === 'string' && below[0].startsWith(ECHO_PREFIX) ? [] : below;
  if (inner.length > 0 && !isAbout(inner[0])) return [];
  const entities = typeof index === 'number' ? (entitiesOf[index] ?? []) : [];
  return entities.flatMap((entity) => places.get(entity) ?? []).map((where) => [...where, ...inner]);
}
