import { getResponseName, type QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { AbsentFields } from './absent-fields.ts';
import { isOfType } from './of-type.ts';
import { type Answered, isAnswered, own, setOwn } from './own.ts';

type Selections = readonly QueryPlanSelectionNode[];

interface RequiredField {
  readonly key: string;
  readonly selections: Selections | null;
}

/** Which entities one representation stands for, by their index. */
export interface Representations {
  readonly representations: readonly Answered[];
  readonly entitiesOf: readonly (readonly Answered[])[];
  /** Entities that lack a part of what is required. */
  readonly lacking: readonly Answered[];
}

/**
 * Compiles what a fetch requires of each entity. Entities that lack a part of it are left out, also where it is a part of a
 * part: asked by half a key, a subgraph would say that it does not have them. Entities with equal representations share one.
 */
export function compileRepresentations(
  requires: Selections,
  { schema, rewrite }: { schema: GraphQLSchema; rewrite: ((representation: Answered) => void) | null },
): (entities: readonly Answered[], absent: Pick<AbsentFields, 'ofAny'>) => Representations {
  const fieldsOf = fieldsByType(schema);
  return (entities, absent) => {
    const representations: Answered[] = [];
    const entitiesOf: Answered[][] = [];
    const lacking: Answered[] = [];
    const known = new Map<string, Answered[]>();
    // An object that stands in several places, because it was answered for all of them, is one entity.
    for (const entity of entities.length === 1 ? entities : new Set(entities)) {
      const representation = represent(entity, requires, absent);
      if (representation === null) lacking.push(entity);
      if (representation === null || typeof representation.__typename !== 'string') continue;
      rewrite?.(representation);
      const key = entities.length === 1 ? '' : keyOf(representation);
      const same = known.get(key);
      if (same !== undefined) same.push(entity);
      else {
        const first = [entity];
        known.set(key, first);
        representations.push(representation);
        entitiesOf.push(first);
      }
    }
    return { representations, entitiesOf, lacking };
  };

  type Absent = Pick<AbsentFields, 'ofAny'>;

  function represent(entity: Answered, selections: Selections, absent: Absent): Answered | null {
    const representation: Answered = {};
    for (const { key, selections: inner } of fieldsOf(selections, own(entity, '__typename'))) {
      const value = own(entity, key);
      const part = value === undefined || inner === null ? value : representEach(value, inner, absent);
      if (part === undefined) return null;
      setOwn(representation, key, part);
    }
    return representation;
  }

  /** `undefined` = it lacks something. What a subgraph does not have is null, as what is required of it would be. */
  function representEach(value: unknown, selections: Selections, absent: Absent): unknown {
    if (Array.isArray(value)) {
      const items: unknown[] = value.map((item) => representEach(item, selections, absent));
      return items.includes(undefined) ? undefined : items;
    }
    if (!isAnswered(value)) return null;
    return represent(value, selections, absent) ?? (absent.ofAny(value) ? null : undefined);
  }
}

/** Equal for equal representations alone; those of a few texts, as most are, need no JSON. */
function keyOf(representation: Answered): string {
  let key = '';
  for (const name in representation) {
    const value = representation[name];
    if (typeof value !== 'string') return JSON.stringify(representation);
    key += `${value.length}:${value}${name} `;
  }
  return key;
}

/** What is required of an object of a type, fragments merged; each worked out once. */
function fieldsByType(schema: GraphQLSchema) {
  const known = new WeakMap<Selections, Map<unknown, readonly RequiredField[]>>();
  return (selections: Selections, typename: unknown): readonly RequiredField[] => {
    const byType = known.get(selections) ?? new Map<unknown, readonly RequiredField[]>();
    known.set(selections, byType);
    const fields = byType.get(typename) ?? requiredFields(selections, typename);
    // A type name comes from outside; only those of the schema are few.
    if (typeof typename === 'string' && schema.getType(typename) !== undefined) byType.set(typename, fields);
    return fields;
  };

  function requiredFields(selections: Selections, typename: unknown): readonly RequiredField[] {
    const fields = new Map<string, RequiredField>();
    for (const selection of flattened(selections, typename)) {
      const key = getResponseName(selection);
      const before = fields.get(key)?.selections ?? [];
      const all = [...before, ...(selection.selections ?? [])];
      fields.set(key, { key, selections: all.length === 0 ? null : all });
    }
    return [...fields.values()];
  }

  function flattened(selections: Selections, typename: unknown): Extract<QueryPlanSelectionNode, { kind: 'Field' }>[] {
    return selections.flatMap((selection) => {
      if (selection.kind === 'Field') return [selection];
      const { typeCondition } = selection;
      const applies =
        typeCondition !== undefined && typeof typename === 'string' && isOfType(schema, typename, typeCondition);
      return applies ? flattened(selection.selections, typename) : [];
    });
  }
}
