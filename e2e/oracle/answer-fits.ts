import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';

interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Whether an answer could be one by the API schema, told without the engine's code and without care for time: for some
 * type that may stand there, each object has the operation's keys in their order, no other, and values of their types.
 * The first thing that does not fit, or `null`.
 */
export function misfitOf(data: unknown, { schema, document, variables }: Asked): string | null {
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return 'no operation';
  return data === null ? null : ofObject(data, root, [operation.selectionSet]);

  function ofValue(value: unknown, type: GraphQLOutputType, sets: readonly SelectionSetNode[]): string | null {
    if (isNonNullType(type)) return value === null ? 'null' : ofValue(value, type.ofType, sets);
    if (value === null) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return 'no list';
      return first(value.map((item, i) => named(i, ofValue(item, type.ofType, sets))));
    }
    if (isLeafType(type)) return isLeaf(value, type.name, isEnumType(type) ? type.getValues() : null) ? null : 'leaf';
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const misfits = types.map((one) => ofObject(value, one, sets));
    return misfits.includes(null) ? null : (misfits[0] ?? 'no type');
  }

  function ofObject(value: unknown, type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): string | null {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no object';
    const fields = new Map<string, FieldNode[]>();
    for (const set of sets) collect(set, type, fields);
    if (String(Object.keys(value)) !== String([...fields.keys()]))
      return `keys ${Object.keys(value).join()} for ${[...fields.keys()].join()}`;
    return first([...fields].map(([key, nodes]) => named(key, ofField(Reflect.get(value, key), type, nodes))));
  }

  function ofField(value: unknown, type: GraphQLCompositeType, nodes: readonly FieldNode[]): string | null {
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return value === type.name ? null : 'type name';
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : TypeNameMetaFieldDef;
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    return field ? ofValue(value, field.type, sets) : 'no such field';
  }

  function collect(set: SelectionSetNode, type: GraphQLCompositeType, fields: Map<string, FieldNode[]>): void {
    for (const selection of set.selections) {
      if (isLeftOut(selection.directives ?? [])) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(selection.name.value);
      const condition = schema.getType(fragment.typeCondition?.name.value ?? type.name);
      const applies =
        condition === type || (isAbstractType(condition) && isObjectType(type) && schema.isSubType(condition, type));
      if (applies) collect(fragment.selectionSet, type, fields);
    }
  }

  function fragmentOf(name: string): FragmentDefinitionNode {
    const found = document.definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name);
    if (found?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`no fragment ${name}`);
    return found;
  }

  function isLeftOut(directives: NonNullable<FieldNode['directives']>): boolean {
    return directives.some((directive) => {
      const when = directive.arguments?.[0]?.value;
      const holds = when?.kind === Kind.VARIABLE ? valueOf(when.name.value) : when?.kind === Kind.BOOLEAN && when.value;
      return holds === (directive.name.value === 'skip');
    });
  }

  function valueOf(name: string): unknown {
    if (name in variables) return variables[name];
    const byDefault = operation?.variableDefinitions?.find(
      ({ variable }) => variable.name.value === name,
    )?.defaultValue;
    return byDefault?.kind === Kind.BOOLEAN && byDefault.value;
  }
}

function isLeaf(value: unknown, type: string, names: readonly { name: string }[] | null): boolean {
  if (names !== null) return names.some(({ name }) => name === value);
  if (type === 'Int') return Number.isInteger(value);
  if (type === 'Float') return typeof value === 'number';
  if (type === 'Boolean') return typeof value === 'boolean';
  if (type === 'String') return typeof value === 'string';
  if (type === 'ID') return typeof value === 'string' || Number.isInteger(value);
  return true;
}

function first(misfits: readonly (string | null)[]): string | null {
  return misfits.find((one) => one !== null) ?? null;
}

function named(key: string | number, misfit: string | null): string | null {
  return misfit === null ? null : `${key}: ${misfit}`;
}
