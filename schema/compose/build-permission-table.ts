import { getNamedType, type GraphQLObjectType, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { FieldPermission, PermissionTable } from '../permission-table.ts';
import { both, either, type ScopeSets } from './scope-sets.ts';

/**
 * The permission table of a public API: declared scopes, and the two rules for what is derived.
 * - A field of an interface needs what every type behind it needs: the caller cannot know which one will answer.
 * - A DERIVED field whose type has scoped fields opens with any one of theirs: a department's facet is of no use, and
 *   must not be fetched, without at least one of its categories.
 */
export function buildPermissionTable(
  api: GraphQLSchema,
  { classifications, scopes }: { classifications: ReadonlyMap<string, string>; scopes: ReadonlyMap<string, ScopeSets> },
): PermissionTable {
  const declared = (coordinate: string): ScopeSets => scopes.get(coordinate) ?? [];
  const table = new Map<string, FieldPermission>();
  for (const type of Object.values(api.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const classification = classifications.get(coordinate) ?? '';
      const behind = isInterfaceType(type)
        ? api.getPossibleTypes(type).map(({ name }) => declared(`${name}.${field.name}`))
        : [];
      const own = behind.reduce(both, declared(coordinate));
      const target = getNamedType(field.type);
      const opened =
        classification === 'DERIVED' && own.length === 0 && isObjectType(target) ? openers(target, declared) : [];
      table.set(coordinate, { classification, scopes: own.length > 0 ? own : opened });
    }
  }
  return new Map([...table].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function openers(type: GraphQLObjectType, declared: (coordinate: string) => ScopeSets): ScopeSets {
  return Object.keys(type.getFields())
    .map((field) => declared(`${type.name}.${field}`))
    .reduce(either, []);
}
