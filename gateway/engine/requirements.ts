import {
  type ConstDirectiveNode,
  type FieldNode,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** What subgraphs need to answer: what stands in `@requires` and `@key`, by their names. */
export interface Requirements {
  /** What a field of a type requires in a subgraph; `null` = nothing. */
  readonly of: (subgraph: string, type: string, field: string) => SelectionSetNode | null;
  /** Names of the fields of a subgraph's keys. */
  readonly keysOf: (subgraph: string) => ReadonlySet<string>;
  /** The same of one type. */
  readonly keysOfType: (subgraph: string, type: string) => ReadonlySet<string>;
}

/** Reads them from a supergraph's `@join__` directives. */
export function requirementsIn(fullSchema: GraphQLSchema): Requirements {
  const nameOf = graphNames(fullSchema);
  const required = new Map<string, SelectionSetNode>();
  const keys = new Map<string, Set<string>>();
  for (const type of Object.values(fullSchema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const join of type.astNode?.directives ?? []) {
      const { graph = '', key } = argumentsOf(join);
      if (join.name.value !== 'join__type' || key === undefined) continue;
      for (const { name } of fieldsOf(selectionSet(key))) {
        note(keys, nameOf(graph), name.value);
        note(keys, `${nameOf(graph)} ${type.name}`, name.value);
      }
    }
    for (const field of Object.values(type.getFields()))
      for (const join of field.astNode?.directives ?? []) {
        const { graph = '', requires } = argumentsOf(join);
        if (join.name.value !== 'join__field' || requires === undefined) continue;
        required.set(`${nameOf(graph)} ${type.name}.${field.name}`, selectionSet(requires));
      }
  }
  const none: ReadonlySet<string> = new Set();
  return {
    of: (subgraph, type, field) => required.get(`${subgraph} ${type}.${field}`) ?? null,
    keysOf: (subgraph) => keys.get(subgraph) ?? none,
    keysOfType: (subgraph, type) => keys.get(`${subgraph} ${type}`) ?? none,
  };
}

function note(keys: Map<string, Set<string>>, holder: string, key: string): void {
  const known = keys.get(holder) ?? new Set();
  keys.set(holder, known.add(key));
}

/** The fields of a selection set, in fragments or not. */
export function fieldsOf(set: SelectionSetNode | null): readonly FieldNode[] {
  return (set?.selections ?? []).flatMap((one) => {
    if (one.kind === Kind.FIELD) return [one];
    return one.kind === Kind.INLINE_FRAGMENT ? fieldsOf(one.selectionSet) : [];
  });
}

/** The subgraph's name behind a value of `join__Graph`. */
function graphNames(fullSchema: GraphQLSchema): (graph: string) => string {
  const definition = fullSchema.getType('join__Graph')?.astNode;
  const values = definition?.kind === Kind.ENUM_TYPE_DEFINITION ? (definition.values ?? []) : [];
  const names = new Map(
    values.map(({ name, directives = [] }) => [name.value, directives.map(argumentsOf)[0]?.name ?? name.value]),
  );
  return (graph) => names.get(graph) ?? graph;
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.flatMap(({ name, value }) =>
      value.kind === Kind.STRING || value.kind === Kind.ENUM ? [[name.value, value.value]] : [],
    ),
  );
}

function selectionSet(fields: string): SelectionSetNode {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a set of fields that is none');
  return operation.selectionSet;
}
