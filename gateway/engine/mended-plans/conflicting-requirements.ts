import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import {
  doTypesOverlap,
  GraphQLError,
  type GraphQLSchema,
  isCompositeType,
  print,
  type SelectionSetNode,
} from 'graphql';
import { entitySelections } from '../entity-selections.ts';
import { eachFetch } from './each-fetch.ts';
import { fieldsOf, type Requirements } from '../requirements.ts';

interface Required {
  readonly type: string;
  /** The way to a field of the entity, and the arguments that it is required with. */
  readonly field: string;
  readonly args: string;
}

/**
 * Refuses a plan in which two fields require the same field of the same objects with different arguments: the planner
 * fetches it once, and one of the two would be answered from what the other one asked for.
 */
export function refuseConflicts(
  plan: QueryPlan,
  { requirements, schema }: { requirements: Requirements; schema: GraphQLSchema },
): void {
  const byPath = new Map<string, Required[]>();
  eachFetch(plan, (node, path) => {
    const key = path.join('/');
    const known = byPath.get(key) ?? [];
    byPath.set(key, known);
    for (const one of requiredBy(node, requirements)) {
      const other = known.find(
        ({ type, field, args }) => field === one.field && args !== one.args && overlap(schema, type, one.type),
      );
      if (other !== undefined) throw conflict(one);
      known.push(one);
    }
  });
}

function requiredBy(node: FetchNode, requirements: Requirements): readonly Required[] {
  const fragments = node.requires === undefined ? [] : (entitySelections(node.operation)?.fragments ?? []);
  return fragments.flatMap(({ typeCondition, selectionSet }) => {
    const type = typeCondition?.name.value ?? '';
    return fieldsOf(selectionSet).flatMap(({ name }) => {
      const required = requirements.of(node.serviceName, type, name.value);
      return required === null ? [] : leavesOf(required, '').map((one) => ({ ...one, type }));
    });
  });
}

function leavesOf(set: SelectionSetNode, way: string): readonly Omit<Required, 'type'>[] {
  return fieldsOf(set).flatMap(({ name, arguments: given = [], selectionSet }) => {
    const field = `${way}.${name.value}`;
    const args = given.map((one) => print(one)).toSorted();
    return [{ field, args: args.join() }, ...(selectionSet ? leavesOf(selectionSet, field) : [])];
  });
}

function overlap(schema: GraphQLSchema, one: string, other: string): boolean {
  const [a, b] = [schema.getType(one), schema.getType(other)];
  return isCompositeType(a) && isCompositeType(b) && doTypesOverlap(schema, a, b);
}

function conflict({ type, field }: Required): GraphQLError {
  const message = `Two of the fields need ${type}${field} with different arguments; ask for them in separate operations.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
