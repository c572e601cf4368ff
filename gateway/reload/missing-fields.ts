import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';

/** What a supergraph asks of a subgraph for one type: its fields, each with its arguments. */
interface AskedType {
  readonly type: string;
  readonly fields: readonly { readonly name: string; readonly arguments: readonly string[] }[];
}

/**
 * What a supergraph would ask of these subgraphs and they do not know, a line each: a newer schema over older code. Each
 * such question would fail, and everything that was asked with it.
 */
export function missingFields(supergraphSdl: string, schemas: ReadonlyMap<string, GraphQLSchema>): readonly string[] {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  return [...graphNames(supergraph)].flatMap(([graph, name]) => {
    const schema = schemas.get(name);
    if (schema === undefined) return [];
    return askedTypes(supergraph, graph)
      .flatMap((asked) => missingIn(schema, asked))
      .map(
        (coordinate) => `the subgraph ${name} of this process has no ${coordinate}, which the supergraph asks of it`,
      );
  });
}

function missingIn(schema: GraphQLSchema, { type, fields }: AskedType): readonly string[] {
  const known = schema.getType(type);
  if (!isObjectType(known) && !isInterfaceType(known) && !isInputObjectType(known)) return [type];
  return fields.flatMap((field) => {
    const own = known.getFields()[field.name];
    if (own === undefined) return [`${type}.${field.name}`];
    const taken = 'args' in own ? own.args.map(({ name }) => name) : [];
    return field.arguments
      .filter((argument) => !taken.includes(argument))
      .map((argument) => `${type}.${field.name}(${argument}:)`);
  });
}

type JoinArguments = Readonly<Record<string, unknown>>;

/** The names of the subgraphs by what they are called in the supergraph. */
function graphNames({ definitions }: DocumentNode): ReadonlyMap<string, string> {
  const graphs = definitions.flatMap((one) =>
    one.kind === Kind.ENUM_TYPE_DEFINITION && one.name.value === 'join__Graph' ? (one.values ?? []) : [],
  );
  return new Map(
    graphs.map((graph) => [graph.name.value, String(joins(graph.directives, 'join__graph')[0]?.name)] as const),
  );
}

function askedTypes({ definitions }: DocumentNode, graph: string): readonly AskedType[] {
  return definitions.flatMap((one) => {
    if (
      one.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      one.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      one.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION
    )
      return [];
    if (!joins(one.directives, 'join__type').some((join) => join.graph === graph)) return [];
    const fields = (one.fields ?? []).filter((field) => isAskedOf(field, graph));
    // A type of which nothing is asked may have another name there, or none.
    if (fields.length === 0) return [];
    const asked = fields.map((field) => ({
      name: field.name.value,
      arguments: ('arguments' in field ? (field.arguments ?? []) : []).map(({ name }) => name.value),
    }));
    return [{ type: one.name.value, fields: asked }];
  });
}

/** Join specification: a field without a join is each subgraph's that has the type; what is external is asked of another. */
function isAskedOf({ directives }: FieldDefinitionNode | InputValueDefinitionNode, graph: string): boolean {
  const fields = joins(directives, 'join__field');
  return fields.length === 0 || fields.some((join) => join.graph === graph && join.external !== true);
}

function joins(directives: readonly ConstDirectiveNode[] = [], name: string): readonly JoinArguments[] {
  return directives
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(given.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)])),
    );
}
