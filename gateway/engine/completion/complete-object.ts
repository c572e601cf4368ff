import { type GraphQLCompositeType, type GraphQLSchema, isUnionType } from 'graphql';
import { isOfType } from '../of-type.ts';
import { type Answered, isAnswered } from '../own.ts';
import { enter, left } from './complete-value.ts';
import { noteMissing, noteShown } from './complete-field.ts';
import { type CompiledFields, type Complete, type Completing, misfit, type PlainField } from './completing.ts';

interface ObjectOptions {
  readonly schema: GraphQLSchema;
  /** An object type, or an interface that is one in some subgraph. */
  readonly isObject: boolean;
  /** `null` = an object of which no more than this is known cannot be answered. */
  readonly fieldsOf: (typename: string) => CompiledFields | null;
}

/**
 * Compiles the completion of an object. Of an interface or union the fields are compiled for each type that is met, once;
 * a type name that cannot stand here makes the object null. Without a type name an object is of its type, if that is known
 * as an object somewhere.
 */
export function completeObject(type: GraphQLCompositeType, { schema, isObject, fieldsOf }: ObjectOptions): Complete {
  const byType = new Map<unknown, CompiledFields>();
  const fieldsFor = (said: unknown): CompiledFields | null => {
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
    const place = enter(at, key);
    return left(completeFields(value as Answered, fields, at), place, at);
  };
}

/** `null` where a field that may not be null is. */
export function completeFields(source: Answered, { fields, plain }: CompiledFields, at: Completing): Answered | null {
  if (plain !== null) return completePlain(source, plain, at);
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

/** An object that has just these fields, in this order and each as it should be, is the answer itself: no copy is made. */
function completePlain(source: Answered, plain: readonly PlainField[], at: Completing): Answered | null {
  let completed: Answered | null = hasJust(source, plain) ? null : {};
  let done = 0;
  for (const field of plain) {
    const { key, complete } = field;
    const answered = source[key];
    const value = complete(answered, at, key);
    if (value === undefined) return null;
    if (answered === undefined) noteMissing(source, { key, from: key }, at);
    if (at.shown !== null && value !== null) noteShown(field, at.shown);
    if (completed === null && value !== answered) completed = copyOf(source, plain.slice(0, done));
    if (completed !== null) completed[key] = value;
    done += 1;
  }
  return completed ?? source;
}

function hasJust(source: Answered, plain: readonly PlainField[]): boolean {
  let i = 0;
  for (const key in source) {
    if (plain[i]?.key !== key) return false;
    i += 1;
  }
  return i === plain.length;
}

function copyOf(source: Answered, plain: readonly PlainField[]): Answered {
  const copy: Answered = {};
  for (const { key } of plain) copy[key] = source[key];
  return copy;
}
