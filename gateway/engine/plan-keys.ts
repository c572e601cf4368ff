import { type DirectiveNode, type DocumentNode, type FieldNode, Kind, parse, visit } from 'graphql';
import { ECHO_PREFIX } from '../subgraph-sources/echo-prefix.ts';
import { own } from './own.ts';

const PREFIX = 'xinqiao_as_';
/** The planner's own names for what cannot stand under one key of a fetch. */
const PLANNERS_OWN = /__alias_\d+$/;

/** The planner's own variable; a client's of that name has another in a plan. */
const REPRESENTATIONS = 'representations';
const isTaken = (variable: string) => variable === REPRESENTATIONS || variable.startsWith(PREFIX);

/** Keys that the hub puts into plans: these, and those by which entities repeat their IDs. */
const HUBS_OWN = new RegExp(`^(${PREFIX}|${ECHO_PREFIX})`);

/** Under which keys the fields of an operation are planned. */
export interface PlanKeys {
  readonly keyOf: (field: FieldNode) => string;
  /** The document as it is planned; itself where all keys may stay. */
  readonly planned: (document: DocumentNode) => DocumentNode;
}

/**
 * Apollo's planner takes two selections of one key for the same field: with `{ health { … } healthGrant: name }` the
 * caller would be given the grant that `@requires` fetches, or the subgraph the name in its place. So whatever a plan may
 * add under its name (any field's, with what is `@inaccessible`, and `__typename`) is no alias in it, and a field that
 * `@requires` asks for with other arguments stands in it under an alias.
 */
export function planKeys(supergraphSdl: string): PlanKeys {
  const { names, required, requiredWithArguments } = namesIn(supergraphSdl);
  const keyOf = ({ alias, name: { value: name }, arguments: given = [] }: FieldNode) => {
    const key = alias?.value ?? name;
    const mayMeet =
      key === name
        ? requiredWithArguments.has(key) || (given.length > 0 && required.has(key))
        : names.has(key) || PLANNERS_OWN.test(key) || HUBS_OWN.test(key);
    return mayMeet ? `${PREFIX}${key}` : key;
  };
  return {
    keyOf,
    planned: (document) =>
      visit(document, {
        Field: {
          enter: (node) => {
            const key = keyOf(node);
            const isSame = key === (node.alias?.value ?? node.name.value);
            return isSame ? undefined : { ...node, alias: { kind: Kind.NAME, value: key } };
          },
        },
        Variable: (node) =>
          isTaken(node.name.value)
            ? { ...node, name: { ...node.name, value: `${PREFIX}${node.name.value}` } }
            : undefined,
      }),
  };
}

/** The key that the client chose, of one in what subgraphs answered. */
export function clientsKey(planKey: string): string {
  return planKey.startsWith(PREFIX) ? planKey.slice(PREFIX.length) : planKey;
}

/** A client's variables under the names of a plan. */
export function plannedVariables(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = Object.keys(variables);
  if (!names.some(isTaken)) return variables;
  return Object.fromEntries(names.map((name) => [isTaken(name) ? `${PREFIX}${name}` : name, variables[name]]));
}

/** A variable of a plan as the client sent it. */
export function sentVariable(variables: Readonly<Record<string, unknown>>, planned: string): unknown {
  return own(variables, clientsKey(planned));
}

/** The same of an error's path, in which the planner's own names stand as well. */
export function clientsPath(path: readonly (string | number)[]): readonly (string | number)[] {
  return path.map((part) => {
    if (typeof part === 'number') return part;
    const key = clientsKey(part);
    return key === part ? part.replace(PLANNERS_OWN, '') : key;
  });
}

function namesIn(supergraphSdl: string) {
  const names = new Set(['__typename']);
  const required = new Set<string>();
  const requiredWithArguments = new Set<string>();
  visit(parse(supergraphSdl, { noLocation: true }), {
    FieldDefinition: ({ name, directives = [] }) => {
      names.add(name.value);
      for (const fields of directives.flatMap(requiredBy))
        visit(parse(`{ ${fields} }`, { noLocation: true }), {
          Field: ({ name: { value }, arguments: given = [] }) => {
            required.add(value);
            if (given.length > 0) requiredWithArguments.add(value);
          },
        });
    },
  });
  return { names, required, requiredWithArguments };
}

function requiredBy({ name, arguments: given = [] }: DirectiveNode): readonly string[] {
  if (name.value !== 'join__field') return [];
  return given.flatMap((one) =>
    one.name.value === 'requires' && one.value.kind === Kind.STRING ? [one.value.value] : [],
  );
}
