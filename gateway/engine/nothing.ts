import { type FieldNode, Kind } from 'graphql';
import { NOTHING_ALIAS } from '../permissions/witnesses.ts';

/** Stands where nothing is left to select; completion leaves it out. */
export const NOTHING: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: NOTHING_ALIAS },
  name: { kind: Kind.NAME, value: '__typename' },
};
