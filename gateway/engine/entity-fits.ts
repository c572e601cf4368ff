import type { GraphQLSchema } from 'graphql';
import { ECHO_PREFIX } from '../subgraph-sources/echo-prefix.ts';
import { isOfType } from './of-type.ts';
import { type Answered, own } from './own.ts';

/**
 * Whether an answered entity can be the one that was asked for: its type name is the same, a narrower or a wider one, and
 * an ID that it repeats is the one of the representation. Otherwise a subgraph could put one person's data under another.
 */
export function entityFits(
  echoed: readonly string[],
  schema: GraphQLSchema,
): (entity: Answered, asked: { representation: Answered; target: Answered }) => boolean {
  return (entity, { representation, target }) => {
    const said = own(entity, '__typename');
    const known = own(target, '__typename');
    if (said !== undefined && typeof said !== 'string') return false;
    if (said !== undefined && typeof known === 'string')
      if (!isOfType(schema, said, known) && !isOfType(schema, known, said)) return false;
    return echoed.every((name) => {
      const [answered, asked] = [idOf(own(entity, `${ECHO_PREFIX}${name}`)), idOf(own(representation, name))];
      return answered === null || asked === null || answered === asked;
    });
  };
}

/** As text: one subgraph may keep as a number what another keeps as text. */
function idOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
