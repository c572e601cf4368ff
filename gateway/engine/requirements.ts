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
  /** The fields of a type's keys there, each once. */
  readonly keysOfType: (subgraph: string, type: string) => readonly FieldNode[];
}

/** Reads them from a supergraph's `@join__` directives. */
export function requirementsIn(fullSchema: GraphQLSchema): Requirements {
  const nameOf = graphNames(fullSchema);
  const required = new Map<string, SelectionSetNode>();
  const names = new Map<string, Set<string>>();
  const keys = new Map<string, readonly FieldNode[]>();
  for (const type of Object.values(fullSchema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const join of type.astNode?.directives ?? []) {
      const { graph = '', key } = argumentsOf(join);
      if (join.name.value !== 'join__type' || key === undefined) continue;
      const subgraph = nameOf(graph);
      for (const field of fieldsOf(selectionSet(key))) {
        names.set(subgraph, (names.get(subgraph) ?? new Set()).add(field.name.value));
        noteKey(keys, `${subgraph} ${type.name}`, field);
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
    keysOf: (subgraph) => names.get(subgraph) ?? none,
    keysOfType: (subgraph, type) => keys.get(`${subgraph} ${type}`) ?? [],
  };
}

/** Notes a field of a key, once. */
function noteKey(keys: Map<string, readonly FieldNode[]>, holder: string, field: FieldNode): void {
  const known = keys.get(holder) ?? [];
  if (!known.some(({ name }) => name.value === field.name.value)) keys.set(holder, [...known, field]);
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
