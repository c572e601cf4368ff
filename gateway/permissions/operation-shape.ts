import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  type DocumentNode,
} from 'graphql';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { isWitness } from './witnesses.ts';
import { PLACEHOLDER } from './placeholder.ts';

/** What stands under one key of an answer. */
interface ShownField {
  /** Several only where the type of the object shows at run time alone. */
  readonly coordinates: readonly string[];
  /** `health:visits` where the field belongs to a department's category; several as with coordinates. */
  readonly categories: readonly string[];
  readonly fields: OperationShape | null;
}

/** An operation's answer as it will look: response key → what it is. */
export type OperationShape = ReadonlyMap<string, ShownField>;

interface Selected {
  readonly parent: GraphQLCompositeType;
  readonly node: FieldNode;
}

const HUB_CLASSES = new Set(['HUB', 'DERIVED']);

/** How many fields a shape has; a fragment's count wherever it is spread. */
export function fieldCount(shape: OperationShape): number {
  return [...shape.values()].reduce((sum, { fields }) => sum + 1 + (fields === null ? 0 : fieldCount(fields)), 0);
}

/** The shape of a rewritten operation's answer: fragments merged as an engine merges them. */
export function operationShape(schema: GraphQLSchema, document: DocumentNode, table: PermissionTable): OperationShape {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return new Map();
  return shapeOf([{ parent: root, set: operation.selectionSet }]);

  function shapeOf(sets: readonly { parent: GraphQLCompositeType; set: SelectionSetNode }[]): OperationShape {
    const byKey = Map.groupBy(
      sets.flatMap(({ parent, set }) => selectedIn(set, parent)),
      ({ node }) => node.alias?.value ?? node.name.value,
    );
    return new Map(
      [...byKey]
        .filter(([key]) => !isWitness(key) && !PLACEHOLDER.test(key))
        .map(([key, selected]) => [key, shownField(selected)]),
    );
  }

  function shownField(selected: readonly Selected[]): ShownField {
    const coordinates = [...new Set(selected.map(({ parent, node }) => `${parent.name}.${node.name.value}`))];
    const classes = coordinates.map((coordinate) => table.get(coordinate)?.classification ?? 'HUB');
    const inner = selected.flatMap(({ parent, node }) => {
      const type = fieldType(parent, node);
      return node.selectionSet === undefined || type === null ? [] : [{ parent: type, set: node.selectionSet }];
    });
    return {
      coordinates,
      categories: [...new Set(classes.filter((one) => !HUB_CLASSES.has(one)))],
      fields: inner.length === 0 ? null : shapeOf(inner),
    };
  }

  function selectedIn(set: SelectionSetNode, parent: GraphQLCompositeType): readonly Selected[] {
    return set.selections.flatMap((selection) => {
      // What type something is of is no datum; that a person is there stands in the decision.
      if (selection.kind === Kind.FIELD)
        return selection.name.value === '__typename' ? [] : [{ parent, node: selection }];
      const fragment: Pick<FragmentDefinitionNode, 'selectionSet'> & {
        readonly typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined;
      } = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(selection.name.value);
      const condition = fragment.typeCondition && typeFromAST(schema, fragment.typeCondition);
      return selectedIn(fragment.selectionSet, condition && isCompositeType(condition) ? condition : parent);
    });
  }

  function fragmentOf(name: string): FragmentDefinitionNode {
    const fragment = fragments.get(name);
    if (fragment === undefined) throw new Error(`no fragment ${name}`);
    return fragment;
  }
}

function fieldType(parent: GraphQLCompositeType, { name }: FieldNode): GraphQLCompositeType | null {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return null;
  const field = parent.getFields()[name.value];
  const type = field && getNamedType(field.type);
  return type && isCompositeType(type) ? type : null;
}
