import { type Answered, isAnswered, own } from './own.ts';

/** Response keys from the root of the data, `@` for every item of a list: where a plan's fetch finds its entities. */
export type PlanPath = readonly string[];
export type ResponsePath = readonly (string | number)[];

const EVERY_ITEM = '@';

/** All objects at a path. What is null or of another kind there is left out. */
export function objectsAt(data: Answered, path: PlanPath): Answered[] {
  const found: Answered[] = [];
  collect(data, 0);
  return found;

  function collect(value: unknown, depth: number): void {
    const key = path[depth];
    if (key === EVERY_ITEM) {
      if (Array.isArray(value)) for (const item of value) collect(item, depth + 1);
    } else if (isAnswered(value)) {
      if (key === undefined) found.push(value);
      else collect(own(value, key), depth + 1);
    }
  }
}

/** Where each of these objects stands; the same object may stand in several places. */
export function placesOf(
  objects: ReadonlySet<Answered>,
  { data, path }: { data: Answered; path: PlanPath },
): ReadonlyMap<Answered, readonly ResponsePath[]> {
  const places = new Map<Answered, ResponsePath[]>([...objects].map((object) => [object, []]));
  walk(data, 0, []);
  return places;

  function walk(value: unknown, depth: number, place: ResponsePath): void {
    const key = path[depth];
    if (key === EVERY_ITEM) {
      if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, depth + 1, [...place, i]);
    } else if (isAnswered(value)) {
      if (key !== undefined) walk(own(value, key), depth + 1, [...place, key]);
      else places.get(value)?.push(place);
    }
  }
}
