import type { FieldNode, GraphQLSchema, SelectionSetNode } from 'graphql';
import { ECHO_PREFIX } from '../subgraph-sources/echo-prefix.ts';
import type { EchoedKeys } from './echoed-ids.ts';
import { isOfType } from './of-type.ts';
import { type Answered, isAnswered, own } from './own.ts';
import { fieldsOf } from './requirements.ts';

/**
 * Whether an answered entity can be the one that was asked for: its type name is the same, a narrower or a wider one, and
 * a key that it was asked to repeat is there and is the one of the representation. Otherwise a subgraph could put one person's data under another.
 */
export function entityFits(
  echoed: EchoedKeys,
  schema: GraphQLSchema,
): (entity: Answered, asked: { representation: Answered; target: Answered }) => boolean {
  const known = new Map<unknown, readonly FieldNode[]>();
  const echoedBy = (typename: unknown): readonly FieldNode[] => {
    const keys = known.get(typename) ?? [...echoed].flatMap(([type, fields]) => (isOf(typename, type) ? fields : []));
    known.set(typename, keys);
    return keys;
  };
  const isOf = (typename: unknown, type: string) => typeof typename === 'string' && isOfType(schema, typename, type);
  return (entity, { representation, target }) => {
    const said = own(entity, '__typename');
    const before = own(target, '__typename');
    if (said !== undefined && typeof said !== 'string') return false;
    if (said !== undefined && typeof before === 'string')
      if (!isOfType(schema, said, before) && !isOfType(schema, before, said)) return false;
    return echoedBy(representation.__typename).every(({ name: { value: name }, selectionSet }) =>
      repeats(own(entity, `${ECHO_PREFIX}${name}`), own(representation, name), selectionSet),
    );
  };
}

/** Whether a key, or each of its parts, is what it was asked by; what was not sent is not compared. */
function repeats(answered: unknown, asked: unknown, set: SelectionSetNode | undefined): boolean {
  if (set === undefined) return idOf(asked) === null || idOf(asked) === idOf(answered);
  if (!isAnswered(asked)) return true;
  return (
    isAnswered(answered) &&
    fieldsOf(set).every(({ name, selectionSet }) =>
      repeats(own(answered, name.value), own(asked, name.value), selectionSet),
    )
  );
}

/** As text: one subgraph may keep as a number what another keeps as text. */
function idOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
