import { type FieldNode, Kind, parse } from 'graphql';
import { fieldsOf } from './requirements.ts';

/** The fields of a key as it stands in a `@key`. */
export function keyFields(key: string): readonly FieldNode[] {
  const [operation] = parse(`{ ${key} }`).definitions;
  return fieldsOf(operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : null);
}
