import type { Clients, DemoPerson } from '../clients.ts';
import type { Department } from '../departments.ts';
import type { RealmGroup } from './realm-representation.ts';

interface GroupOptions {
  readonly departments: readonly Pick<Department, 'slug' | 'code'>[];
  readonly clients: Clients;
}

/**
 * A group a department, with a group a division in it: whoever is put into one has department and division in the token,
 * and may be given every scope that all workers of that department hold. What somebody holds beyond is given to the user.
 */
export function realmGroups({ departments, clients }: GroupOptions): readonly RealmGroup[] {
  const { audience, people } = clients;
  return departments.map(({ slug, code }) => {
    const workers = people.filter(({ department }) => department === code);
    const divisions = [...new Set(divisionsOf(clients, code))].toSorted();
    return {
      name: slug,
      attributes: { department: [code] },
      clientRoles: { [audience]: heldByAll(workers) },
      subGroups: divisions.map((division) => ({
        name: division,
        attributes: { division: [division] },
        clientRoles: {},
        subGroups: [],
      })),
    };
  });
}

/** Path of the group that a worker belongs to; `null` = none, as for the person cared for. */
export function groupOf(
  { department, division }: Pick<DemoPerson, 'department' | 'division'>,
  { departments }: Pick<GroupOptions, 'departments'>,
): string | null {
  const own = departments.find(({ code }) => code === department);
  return own === undefined || division === null ? null : `/${own.slug}/${division}`;
}

/** What every one of them holds; of nobody, nothing. */
export function heldByAll(people: readonly Pick<DemoPerson, 'scopes'>[]): readonly string[] {
  const [first, ...others] = people;
  return (first?.scopes ?? []).filter((scope) => others.every(({ scopes }) => scopes.includes(scope)));
}

/** Names of groups whose workers get no scope by being in them: who is put there reads nothing, and no error says why. */
export function groupsWithoutScopes(groups: readonly RealmGroup[]): readonly string[] {
  return groups.flatMap(({ name, clientRoles }) => (Object.values(clientRoles).flat().length === 0 ? [name] : []));
}

function divisionsOf({ clients, people }: Clients, code: string): readonly string[] {
  return [...clients, ...people].flatMap(({ department, division }) =>
    department === code && division !== null ? [division] : [],
  );
}
