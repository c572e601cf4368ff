import { DEPARTMENTS } from './local-ids.ts';
import type { DepartmentSlug, World, WorldPerson } from './model.ts';
import { randomFor } from './random.ts';

/** Share of the people outside the stories whom a department knows that joined after the world was made. */
const KNOWN_TO_JOINED = 0.2;

/**
 * The ids under which a department knows somebody. The world itself holds those of its first six departments; one that
 * joined the hub later knows everybody of the stories and a share of the others, as `DF-000123` (the initials of its
 * slug), so that it gets people without a change here and nobody else's ids move.
 */
export function localIdsOf({ seed }: Pick<World, 'seed'>, person: WorldPerson, department: string): readonly string[] {
  if (isOfTheFirst(department)) return person.localIds[department];
  const known = person.story !== null || randomFor(seed, 'joined', department, person.id).chance(KNOWN_TO_JOINED);
  const initials = department.split('-').map((word) => word.charAt(0).toUpperCase());
  return known ? [`${initials.join('')}-${person.id.slice(1)}`] : [];
}

const isOfTheFirst = (slug: string): slug is DepartmentSlug => DEPARTMENTS.some((first) => first === slug);
