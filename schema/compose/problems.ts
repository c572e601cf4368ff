import {
  getNamedType,
  type GraphQLSchema,
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
    const entered = enteredCategory(table, coordinate, parent, getNamedType(type).name, api);
    if (entered !== null && (scopes.length === 0 || !scopes.every((set) => set.includes(`${entered}:read`))))
      problems.push(`${coordinate}: leads to ${entered} and must require ${entered}:read`);
    return problems;
  });
}

/** The category that one gets into by this field: its own, or its type's, unless the parent is in it already. */
function enteredCategory(
  table: PermissionTable,
  coordinate: string,
  parent: string,
  target: string,
  api: GraphQLSchema,
): string | null {
  const classOf = (typeName: string) => {
    const type = api.getType(typeName);
    if (!isObjectType(type)) return null;
    const classes = new Set(Object.keys(type.getFields()).map((f) => table.get(`${typeName}.${f}`)?.classification));
    return classes.size === 1 ? ([...classes][0] ?? null) : null;
  };
  const category = [table.get(coordinate)?.classification, classOf(target)].find((one) => one?.includes(':')) ?? null;
  return category === null || classOf(parent) === category ? null : category;
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
