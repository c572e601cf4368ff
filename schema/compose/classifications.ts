import { type ConstDirectiveNode, Kind, parse } from 'graphql';
import type { SubgraphDocument } from './subgraph-documents.ts';

/** `health:visits`, `HUB` or `DERIVED`. */
export type Classification = string;

/**
 * Classification by coordinate, as the subgraphs declare it with `@classified`: on the field, else on its type. A
 * department writes its category's slug; here it carries the department's. `conflicts` lists coordinates that two
 * subgraphs classify differently.
 */
export function classificationsOf(subgraphs: readonly SubgraphDocument[]): {
  byCoordinate: ReadonlyMap<string, Classification>;
  conflicts: readonly string[];
} {
  const byCoordinate = new Map<string, Classification>();
  const conflicts: string[] = [];
  for (const { sdl, department } of subgraphs) {
    for (const [coordinate, declared] of declaredIn(sdl)) {
      const full =
        department === null || declared === 'HUB' || declared === 'DERIVED'
          ? declared
          : `${department.slug}:${declared}`;
      const before = byCoordinate.get(coordinate);
      if (before !== undefined && before !== full) conflicts.push(coordinate);
      byCoordinate.set(coordinate, full);
    }
  }
  return { byCoordinate, conflicts };
}

function declaredIn(sdl: string): readonly (readonly [string, string])[] {
  return parse(sdl).definitions.flatMap((definition) => {
    if (!('fields' in definition) || definition.kind.startsWith('Input')) return [];
    const ofType = classified(definition.directives ?? []);
    return (definition.fields ?? []).flatMap((field) => {
      // An @external copy is a mention, not a declaration.
      if (field.directives?.some(({ name }) => name.value === 'external')) return [];
      const declared = classified(field.directives ?? []) ?? ofType;
      return declared === null ? [] : [[`${definition.name.value}.${field.name.value}`, declared] as const];
    });
  });
}

function classified(directives: readonly ConstDirectiveNode[]): string | null {
  const value = directives.find(({ name }) => name.value === 'classified')?.arguments?.[0]?.value;
  return value?.kind === Kind.STRING ? value.value : null;
}
