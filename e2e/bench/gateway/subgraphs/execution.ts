import { getOperationAST, Kind, parse } from 'graphql';
import { DECISIONS_EXTENSION } from '../../../../subgraphs/shared/decisions.ts';
import type { BenchSubgraph } from './bench-subgraphs.ts';
import { decisionOf } from './decision-of.ts';
import { argumentsOf, fragmentsOf, type Projection, projection, responseKey } from './projection.ts';
import type { Entity } from './records.ts';

export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** Answers whatever a planner asks of one subgraph. A query is parsed once; the selection of an entity is made once as text. */
export interface Execution {
  /** The answer as JSON; with what was decided beside it where the asker is a hub that wants to know. */
  text(operation: Operation, asked: { decisions: boolean }): string;
  /** `data` alone, new objects each time. */
  data(operation: Operation): Record<string, unknown>;
}

interface RootField {
  readonly key: string;
  readonly valueOf: (variables: Readonly<Record<string, unknown>>) => unknown;
  readonly by: 'id' | 'entity';
  readonly project: Projection;
  readonly texts: WeakMap<object, string>;
}

export function execution({ roots }: Pick<BenchSubgraph, 'roots'>): Execution {
  const prepared = new Map<string, readonly RootField[]>();
  const decided = new Map<Entity, string>();
  const fieldsOf = (query: string) => {
    const known = prepared.get(query);
    if (known !== undefined) return known;
    const fields = rootFields(query, roots);
    prepared.set(query, fields);
    return fields;
  };
  const decisionText = (entity: Entity, by: RootField['by']) => {
    const text = decided.get(entity) ?? JSON.stringify(decisionOf(entity, by));
    decided.set(entity, text);
    return text;
  };
  return {
    text: ({ query, variables = {} }, asked) => {
      const values = fieldsOf(query).map((field) => ({ field, value: field.valueOf(variables) }));
      const data = values.map(({ field, value }) => `${JSON.stringify(field.key)}:${textOf(value, field)}`).join(',');
      if (!asked.decisions) return `{"data":{${data}}}`;
      const decisions = values.flatMap(({ field, value }) =>
        entitiesOf(value).map((one) => decisionText(one, field.by)),
      );
      return `{"data":{${data}},"extensions":{"${DECISIONS_EXTENSION}":[${decisions.join(',')}]}}`;
    },
    data: ({ query, variables = {} }) =>
      Object.fromEntries(fieldsOf(query).map(({ key, valueOf, project }) => [key, project(valueOf(variables))])),
  };
}

function rootFields(query: string, roots: BenchSubgraph['roots']): readonly RootField[] {
  const document = parse(query, { noLocation: true });
  const fragments = fragmentsOf(document);
  const selections = getOperationAST(document)?.selectionSet.selections ?? [];
  return selections.map((field): RootField => {
    if (field.kind !== Kind.FIELD) throw new Error('a fragment at the root of a plan');
    const name = field.name.value;
    const root = name === '__typename' ? () => 'Query' : roots[name];
    if (root === undefined) throw new Error(`no root field ${name}`);
    return {
      key: responseKey(field),
      valueOf: (variables) => root(argumentsOf(field, variables)),
      by: name === '_entities' ? 'entity' : 'id',
      project: projection(field.selectionSet, fragments),
      texts: new WeakMap(),
    };
  });
}

function textOf(value: unknown, field: RootField): string {
  if (Array.isArray(value)) return `[${value.map((one) => textOf(one, field)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const text = field.texts.get(value) ?? JSON.stringify(field.project(value));
  field.texts.set(value, text);
  return text;
}

/** Entities with an identity: what a list or a field has of them. */
function entitiesOf(value: unknown): readonly Entity[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one): one is Entity => typeof one === 'object' && one !== null && '__typename' in one);
}
