import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Department } from '../departments.ts';
import type { PermissionTable } from '../permission-table.ts';
import type { ScopeSets } from './scope-sets.ts';

interface Composed {
  readonly api: GraphQLSchema;
  readonly table: PermissionTable;
  /** Scopes as declared in the SDL, without what the table derives. */
  readonly declared: ReadonlyMap<string, ScopeSets>;
  readonly departments: readonly Department[];
  readonly hubScopes: ReadonlySet<string>;
}

/** Every breach of the house's rules for a schema, one line each, naming the coordinate. Empty = in order. */
export function problemsOf(composed: Composed): readonly string[] {
  return [
    ...classificationProblems(composed),
    ...scopeProblems(composed),
    ...missingCategories(composed),
    ...descriptionProblems(composed.api),
  ];
}

function classificationProblems({ table, departments }: Composed): readonly string[] {
  const known = new Set([
    'HUB',
    'DERIVED',
    ...departments.flatMap(({ categories }) => categories.map(({ name }) => name)),
  ]);
  return [...table].flatMap(([coordinate, { classification }]) => {
    if (classification === '')
      return [`${coordinate}: no classification; add @classified(as: …) to the field or its type`];
    return known.has(classification) ? [] : [`${coordinate}: ${classification} is no data category of the deployment`];
  });
}

const DEPARTMENT_SCOPE = /^([a-z-]+:[a-z-]+):(read|write)$/;

function scopeProblems({ api, table, declared, departments, hubScopes }: Composed): readonly string[] {
  const categories = new Set(departments.flatMap((department) => department.categories.map(({ name }) => name)));
  const isKnown = (scope: string) => hubScopes.has(scope) || categories.has(DEPARTMENT_SCOPE.exec(scope)?.[1] ?? '');
  return outputFields(api).flatMap(({ coordinate, parent, type }) => {
    const scopes = declared.get(coordinate) ?? [];
    const unknown = [...new Set(scopes.flat())].filter((scope) => !isKnown(scope));
    const problems = unknown.map(
      (scope) => `${coordinate}: scope ${scope} is neither department:category:read|write nor in schema/scopes.json`,
    );
    if (scopes.length > 0 && isNonNullType(type))
      problems.push(`${coordinate}: has a scope of its own and must therefore be nullable`);
    for (const entered of enteredCategories({ api, table, declared, coordinate, parent, target: getNamedType(type) }))
      if (scopes.length === 0 || !scopes.every((set) => set.includes(`${entered}:read`)))
        problems.push(`${coordinate}: leads to ${entered} and must require ${entered}:read`);
    return problems;
  });
}

interface Step {
  readonly api: GraphQLSchema;
  readonly table: PermissionTable;
  readonly declared: Composed['declared'];
  readonly coordinate: string;
  readonly parent: string;
  readonly target: GraphQLNamedType;
}

/**
 * The categories that one gets into by this field and must therefore hold: its own, if it has scopes or nobody asks
 * before it; and what lies open in every type that may answer, through interfaces and unions, unless it lay open already.
 */
function enteredCategories(step: Step): readonly string[] {
  const { api, table, declared, coordinate, parent, target } = step;
  const parentType = api.getType(parent);
  const before = isObjectType(parentType) ? openCategories(parentType, step) : new Set<string>();
  const behind = isAbstractType(target) ? api.getPossibleTypes(target) : isObjectType(target) ? [target] : [];
  const own = declared.has(coordinate) || isRoot(api, parent) ? [table.get(coordinate)?.classification ?? ''] : [];
  const open = behind.flatMap((type) => [...openCategories(type, step)]).filter((category) => !before.has(category));
  return [...new Set([...own.filter(isCategory), ...open])];
}

/** What a type shows to whoever reaches it: the categories of its fields that have no scopes of their own. */
function openCategories(type: GraphQLObjectType, { table, declared }: Step): ReadonlySet<string> {
  const open = Object.keys(type.getFields())
    .map((field) => `${type.name}.${field}`)
    .filter((coordinate) => !declared.has(coordinate))
    .map((coordinate) => table.get(coordinate)?.classification ?? '');
  return new Set(open.filter(isCategory));
}

function isRoot(api: GraphQLSchema, type: string): boolean {
  return [api.getQueryType(), api.getMutationType()].some((root) => root?.name === type);
}

function isCategory(classification: string): boolean {
  return classification.includes(':');
}

function missingCategories({ table, departments }: Composed): readonly string[] {
  return departments.flatMap(({ facetType, categories }) =>
    categories
      .filter(({ field, name }) => table.get(`${facetType}.${field}`)?.classification !== name)
      .map(({ field, name }) => `${facetType}.${field}: missing; the deployment lists the category ${name}`),
  );
}

const BILINGUAL = /\p{Script=Han}[^]* \/\s[^]*[a-z]/u;

function descriptionProblems(api: GraphQLSchema): readonly string[] {
  const described = Object.values(api.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__') || ['String', 'Boolean', 'ID', 'Int', 'Float'].includes(type.name)) return [];
    if (['Query', 'Mutation'].includes(type.name)) return fieldsOf(type);
    return [{ coordinate: type.name, description: type.description }, ...fieldsOf(type)];
  });
  return described
    .filter(({ description }) => !BILINGUAL.test(description ?? ''))
    .map(({ coordinate }) => `${coordinate}: needs a description, Chinese first, then English: "中文。 / English."`);
}

function fieldsOf(type: ReturnType<GraphQLSchema['getType']>) {
  if (isEnumType(type))
    return type.getValues().map(({ name, description }) => ({ coordinate: `${type.name}.${name}`, description }));
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
  return Object.values(type.getFields()).map(({ name, description }) => ({
    coordinate: `${type.name}.${name}`,
    // What identifies an entity needs no words in every subgraph.
    description: name === 'id' && !description ? '编号。 / The id.' : description,
  }));
}

function outputFields(api: GraphQLSchema) {
  return Object.values(api.getTypeMap()).flatMap((type) =>
    !type.name.startsWith('__') && (isObjectType(type) || isInterfaceType(type))
      ? Object.values(type.getFields()).map((field) => ({
          coordinate: `${type.name}.${field.name}`,
          parent: type.name,
          type: field.type,
        }))
      : [],
  );
}
