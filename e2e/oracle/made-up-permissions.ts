import { type GraphQLSchema, isInterfaceType, isNonNullType, isObjectType } from 'graphql';
import type { PermissionTable } from '../../gateway/engine/compared-engine.fixture.ts';

/** Scopes that the made-up tables ask for. */
export const SCOPES = ['a', 'b', 'c'] as const;

/** What a field may ask for; the last one stands in no table, and is for nobody. */
const DEMANDS: readonly (readonly (readonly string[])[] | null)[] = [
  [],
  [],
  [],
  [],
  [['a']],
  [['b']],
  [['a', 'b'], ['c']],
  [['c'], ['b']],
  null,
];

/**
 * A permission table for any API. Fields of one name ask for the same, so that an interface's fields ask for what those of
 * its types ask; what may not be null asks for nothing (design: composition demands both).
 */
export function madeUpPermissions(schema: GraphQLSchema): PermissionTable {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).map(({ name, type: of }) => ({ name, of, coordinate: `${type.name}.${name}` }))
      : [],
  );
  const musts = new Set(fields.filter(({ of }) => isNonNullType(of)).map(({ name }) => name));
  return new Map(
    fields.flatMap(({ name, coordinate }) => {
      const scopes = musts.has(name) ? [] : (DEMANDS[sum(name) % DEMANDS.length] ?? null);
      return scopes === null ? [] : [[coordinate, { classification: 'HUB', scopes }] as const];
    }),
  );
}

/** Whether a caller may read a field: told without the hub's own code. */
export function mayRead(table: PermissionTable, coordinate: string, scopes: readonly string[]): boolean {
  const demanded = table.get(coordinate)?.scopes;
  if (demanded === undefined) return false;
  return demanded.length === 0 || demanded.some((all) => all.every((one) => scopes.includes(one)));
}

function sum(text: string): number {
  return [...text].reduce((all, character) => (all * 31 + character.charCodeAt(0)) % 9_973, 7);
}
