import { type GraphQLCompositeType, type GraphQLSchema, isUnionType } from 'graphql';
import { isOfType } from '../of-type.ts';
import { type Answered, isAnswered } from '../own.ts';
import { within } from './complete-value.ts';
import { type Complete, type CompleteField, type Completing, misfit } from './completing.ts';

interface ObjectOptions {
  readonly schema: GraphQLSchema;
  /** An object type, or an interface that is one in some subgraph. */
  readonly isObject: boolean;
  /** `null` = an object of which no more than this is known cannot be answered. */
  readonly fieldsOf: (typename: string) => readonly CompleteField[] | null;
}

/**
 * Compiles the completion of an object. Of an interface or union the fields are compiled for each type that is met, once;
 * a type name that cannot stand here makes the object null. Without a type name an object is of its type, if that is known
 * as an object somewhere.
 */
export function completeObject(type: GraphQLCompositeType, { schema, isObject, fieldsOf }: ObjectOptions): Complete {
  const byType = new Map<unknown, readonly CompleteField[]>();
  const fieldsFor = (said: unknown): readonly CompleteField[] | null => {
    const typename = said === undefined && isObject ? type.name : said;
    const known = byType.get(typename);
    if (known !== undefined) return known;
    if (typeof typename !== 'string' || !isOfType(schema, typename, type.name)) return null;
    // Nothing is a union only; what is an interface only has its fields.
    if (isUnionType(schema.getType(typename))) return null;
    const fields = fieldsOf(typename);
    if (fields !== null) byType.set(typename, fields);
    return fields;
  };
  return (value, at, key) => {
    if (value === null || value === undefined) return null;
    const fields = isAnswered(value) ? fieldsFor(value.__typename) : null;
    if (fields === null) return misfit(at, key);
    return within(at, key, () => completeFields(value as Answered, fields, at));
  };
}

/** `null` where a field that may not be null is. */
export function completeFields(source: Answered, fields: readonly CompleteField[], at: Completing): Answered | null {
  const completed: Answered = {};
  const holder = at.shown?.holder;
  let whole = true;
  for (const complete of fields) {
    whole = complete(source, completed, at);
    if (!whole) break;
  }
  if (at.shown !== null && holder !== undefined) at.shown.holder = holder;
  return whole ? completed : null;
}
