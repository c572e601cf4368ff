import {
  astFromValue,
  doTypesOverlap,
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isCompositeType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  parseType,
  print,
  SchemaMetaFieldDef,
  typeFromAST,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import type {
  Picked,
  PickedCondition,
  PickedField,
  PickedOperation,
  PickedValue,
  PickedVariable,
} from './picked-operation.ts';

export interface RenderedOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * A picked operation as a valid one: variables are declared where they are met, and a response key that is taken by
 * another field, other arguments or another type gives way to the next free one; the same field meets itself.
 */
export function renderOperation(schema: GraphQLSchema, picked: PickedOperation): RenderedOperation {
  const declarations = new Map<string, string>();
  const variables: Record<string, unknown> = {};
  const keys = new Map<string, string>();
  const fragments = new Map<string, { name: string; on: GraphQLCompositeType }>();

  function variable({ type, slot, byDefault, given }: PickedVariable): string {
    const name = `${type.replace(/[^A-Za-z]/g, '')}_${type.replace(/[^!\][]/g, '').length}_${slot}`;
    if (!declarations.has(name)) {
      const of = inputType(schema, type);
      declarations.set(name, `$${name}: ${type}${byDefault === null ? '' : ` = ${constant(byDefault.value, of)}`}`);
      if (given !== null) variables[name] = given.value;
    }
    return `$${name}`;
  }

  function value(of: PickedValue, type: GraphQLInputType): string {
    const inside = isNonNullType(type) ? type.ofType : type;
    switch (of.kind) {
      case 'constant':
        return constant(of.value, type);
      case 'variable':
        return variable(of);
      case 'list':
        return `[${of.items.map((item) => value(item, isListType(inside) ? inside.ofType : inside)).join(', ')}]`;
      case 'object': {
        const types = isInputObjectType(inside) ? inside.getFields() : {};
        const entries = Object.entries(of.fields).map(([name, each]) => {
          const field = types[name];
          return field === undefined ? '' : `${name}: ${value(each, field.type)}`;
        });
        return `{ ${entries.join(', ')} }`;
      }
    }
  }

  function conditions(all: readonly PickedCondition[]): string {
    return all
      .map(({ directive, when }) => ` @${directive}(if: ${typeof when === 'boolean' ? when : variable(when)})`)
      .join('');
  }

  function field(of: PickedField, parent: GraphQLCompositeType): string {
    const definition = definitionOf(parent, of.name);
    const args = Object.entries(of.args).map(([name, each]) => {
      const arg = definition.args.find((one) => one.name === name);
      return arg === undefined ? '' : `${name}: ${value(each, arg.type)}`;
    });
    const call = `${of.name}${args.length === 0 ? '' : `(${args.join(', ')})`}`;
    const type = getNamedType(definition.type);
    const shape = `${call}: ${isCompositeType(type) ? String(definition.type).replace(type.name, '*') : String(definition.type)}`;
    const key = freeKey(keys, of.alias ?? of.name, shape);
    const own = `${key === of.name ? '' : `${key}: `}${call}${conditions(of.conditions)}`;
    return of.selections === null || !isCompositeType(type) ? own : `${own} ${selectionSet(of.selections, type)}`;
  }

  function selection(of: Picked, parent: GraphQLCompositeType): string {
    if (of.kind === 'field') return field(of, parent);
    if (of.kind === 'again') {
      const fitting = [...fragments.values()].filter(({ on }) => doTypesOverlap(schema, parent, on));
      const chosen = fitting[of.which % Math.max(1, fitting.length)];
      return chosen === undefined ? '__typename' : `...${chosen.name}${conditions(of.conditions)}`;
    }
    const on = of.on === null ? parent : compositeType(schema, of.on);
    const body = selectionSet(of.selections, on);
    if (!of.named) return `...${of.on === null ? '' : ` on ${of.on}`}${conditions(of.conditions)} ${body}`;
    const text = `on ${on.name} ${body}`;
    const name = fragments.get(text)?.name ?? `F${fragments.size}`;
    fragments.set(text, { name, on });
    return `...${name}${conditions(of.conditions)}`;
  }

  function selectionSet(of: readonly Picked[], parent: GraphQLCompositeType): string {
    return `{ ${of.map((each) => selection(each, parent)).join(' ')} }`;
  }

  const root = picked.operation === 'query' ? schema.getQueryType() : schema.getMutationType();
  if (!root) throw new Error(`no ${picked.operation} in this schema`);
  const body = selectionSet(picked.selections, root);
  const declared = declarations.size === 0 ? '' : ` (${[...declarations.values()].join(', ')})`;
  const definitions = [...fragments].map(([text, { name }]) => `fragment ${name} ${text}`);
  return { text: [`${picked.operation}${declared} ${body}`, ...definitions].join('\n'), variables };
}

function freeKey(keys: Map<string, string>, wanted: string, shape: string): string {
  const candidates = [wanted, ...Array.from({ length: keys.size + 1 }, (_, i) => `${wanted}_${i + 2}`)];
  const key = candidates.find((one) => (keys.get(one) ?? shape) === shape) ?? wanted;
  keys.set(key, shape);
  return key;
}

function constant(value: unknown, type: GraphQLInputType): string {
  const node = astFromValue(value, type);
  return node ? print(node) : 'null';
}

function inputType(schema: GraphQLSchema, text: string): GraphQLInputType {
  const type = typeFromAST(schema, parseType(text) as never);
  if (type === undefined) throw new Error(`no such type: ${text}`);
  return type as GraphQLInputType;
}

function compositeType(schema: GraphQLSchema, name: string): GraphQLCompositeType {
  const type = schema.getType(name);
  if (!isCompositeType(type)) throw new Error(`no such type: ${name}`);
  return type;
}

function definitionOf(parent: GraphQLCompositeType, name: FieldNode['name']['value']): GraphQLField<unknown, unknown> {
  const meta = [TypeNameMetaFieldDef, SchemaMetaFieldDef, TypeMetaFieldDef].find((one) => one.name === name);
  const definition = meta ?? (isUnionType(parent) ? undefined : parent.getFields()[name]);
  if (definition === undefined) throw new Error(`no field ${name} in ${parent.name}`);
  return definition;
}
