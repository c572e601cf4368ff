import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

export interface FederatedType {
  readonly keys: readonly SelectionSetNode[];
  readonly isInterfaceObject: boolean;
  readonly externals: ReadonlySet<string>;
  /** What a field `@requires`, by the field's name. */
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
}

/** What a subgraph's SDL says of Federation, by the type's name. */
export function federationOf(document: DocumentNode): ReadonlyMap<string, FederatedType> {
  return new Map(
    document.definitions.filter(isTypeWithFields).map(({ name, directives, fields = [] }) => {
      const named = (wanted: string) => (directives ?? []).filter((one) => one.name.value === wanted);
      return [
        name.value,
        {
          keys: named('key').flatMap(fieldSets),
          isInterfaceObject: named('interfaceObject').length > 0,
          externals: new Set(
            fields.filter((field) => directive(field, 'external').length > 0).map((field) => field.name.value),
          ),
          requires: new Map(
            fields.flatMap((field) =>
              directive(field, 'requires')
                .flatMap(fieldSets)
                .map((set) => [field.name.value, set]),
            ),
          ),
        },
      ];
    }),
  );
}

function isTypeWithFields(
  definition: DefinitionNode,
): definition is ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

function directive({ directives = [] }: { directives?: readonly ConstDirectiveNode[] | undefined }, wanted: string) {
  return directives.filter(({ name }) => name.value === wanted || name.value === `federation__${wanted}`);
}

function fieldSets({ arguments: args = [] }: ConstDirectiveNode): readonly SelectionSetNode[] {
  return args.flatMap(({ name, value }) =>
    name.value === 'fields' && value.kind === Kind.STRING ? [selection(value.value)] : [],
  );
}

function selection(fields: string): SelectionSetNode {
  const [operation] = parse(`{ ${fields} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`no set of fields: ${fields}`);
  return operation.selectionSet;
}
