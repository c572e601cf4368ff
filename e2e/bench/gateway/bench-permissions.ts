import { Kind, parse, type TypeNode } from 'graphql';
import type { FieldPermission } from '../../../schema/permission-table.ts';
import { BENCH_SUBGRAPHS } from './subgraphs/bench-subgraphs.ts';
import { BENCH_CATEGORIES, type BenchCategory } from './subgraphs/categories.ts';

const HUB: FieldPermission = { classification: 'HUB', scopes: [] };

/** Root fields and fields of a person that take a scope of their own, as in the hub's schema. */
const WITH_SCOPE: Readonly<Record<string, string>> = {
  'Query.referral': 'referral:read',
  'Person.birthYear': 'person:identity:read',
  'Person.division': 'person:identity:read',
};

/** The permission table of the benchmark's schema, in the manner of the hub's own: a scope a category, and of each facet any one. */
export function benchPermissions(): Readonly<Record<string, FieldPermission>> {
  const fields = new Map(
    BENCH_SUBGRAPHS.flatMap(({ sdl }) => parse(sdl).definitions).flatMap((type) =>
      type.kind === Kind.OBJECT_TYPE_DEFINITION
        ? (type.fields ?? []).map(
            (field) => [`${type.name.value}.${field.name.value}`, typeNameOf(field.type)] as const,
          )
        : [],
    ),
  );
  const categoryOf = (type: string): BenchCategory | undefined => {
    const holder = [...fields].find(([, held]) => held === type)?.[0] ?? '';
    const [parent = ''] = holder.split('.');
    return BENCH_CATEGORIES.find(({ field }) => field === holder) ?? (parent === '' ? undefined : categoryOf(parent));
  };
  const permissionOf = (coordinate: string, held: string): FieldPermission => {
    const own = BENCH_CATEGORIES.find(({ field }) => field === coordinate);
    if (own !== undefined) return { classification: own.name, scopes: [[own.scope]] };
    const [parent = ''] = coordinate.split('.');
    const facet = BENCH_CATEGORIES.filter(({ field }) => field.startsWith(`${held}.`));
    if (facet.length > 0) return { classification: 'DERIVED', scopes: facet.map(({ scope }) => [scope]) };
    if (parent.endsWith('Facet')) return { classification: 'DERIVED', scopes: [] };
    const scope = WITH_SCOPE[coordinate];
    if (scope !== undefined) return { ...HUB, scopes: [[scope]] };
    const category = parent === 'Person' || parent === 'Query' ? undefined : categoryOf(parent);
    return category === undefined ? HUB : { classification: category.name, scopes: [] };
  };
  return Object.fromEntries([...fields].map(([coordinate, held]) => [coordinate, permissionOf(coordinate, held)]));
}

function typeNameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : typeNameOf(type.type);
}
