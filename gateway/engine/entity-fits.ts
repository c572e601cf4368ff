import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  getNamedType,
  GraphQLID,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  visit,
} from 'graphql';
import { isOfType } from './of-type.ts';
import { type Answered, own } from './own.ts';

/**
 * Whether an answered entity can be the one that was asked for: its type name is the same, a narrower or a wider one, and
 * an ID that it repeats is the one of the representation. Otherwise a subgraph could put one person's data under another.
 */
export function entityFits(
  { operation, requires = [] }: FetchNode,
  schema: GraphQLSchema,
): (entity: Answered, asked: { representation: Answered; target: Answered }) => boolean {
  const repeated = repeatedIds(operation, { requires, schema });
  return (entity, { representation, target }) => {
    const said = own(entity, '__typename');
    const known = own(target, '__typename');
    if (typeof said === 'string' && typeof known === 'string')
      if (!isOfType(schema, said, known) && !isOfType(schema, known, said)) return false;
    return repeated.every((key) => {
      const [answered, asked] = [idOf(own(entity, key)), idOf(own(representation, key))];
      return answered === null || asked === null || answered === asked;
    });
  };
}

/** As text: one subgraph may keep as a number what another keeps as text. */
function idOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Names of ID fields that the fetch both sends in representations and asks for under their own name. */
function repeatedIds(
  operation: string,
  { requires, schema }: { requires: NonNullable<FetchNode['requires']>; schema: GraphQLSchema },
): readonly string[] {
  const sent = new Set(
    requires.flatMap((selection) =>
      selection.kind === 'InlineFragment'
        ? selection.selections.flatMap((field) =>
            field.kind === 'Field' && field.alias === undefined && isId(schema, selection.typeCondition, field.name)
              ? [field.name]
              : [],
          )
        : [],
    ),
  );
  const asked = new Set<string>();
  let depth = 0;
  visit(parse(operation, { noLocation: true }), {
    Field: {
      enter: ({ alias, name, arguments: given = [] }: FieldNode) => {
        depth += 1;
        if (depth === 2 && alias === undefined && given.length === 0) asked.add(name.value);
      },
      leave: () => {
        depth -= 1;
      },
    },
    [Kind.FRAGMENT_DEFINITION]: () => false,
  });
  return [...sent.intersection(asked)];
}

function isId(schema: GraphQLSchema, typename: string | undefined, field: string): boolean {
  const type = schema.getType(typename ?? '');
  const found = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
  return found !== undefined && getNamedType(found.type) === GraphQLID;
}
