import { forbiddenFieldError } from '../../permissions/forbidden-field-error.ts';
import type { ForbiddenField } from '../../permissions/rewrite-operation.ts';
import { type Answered, has, own, setOwn } from '../own.ts';
import {
  type CompiledFields,
  type Complete,
  type CompleteField,
  type Completing,
  misfit,
  noteOneOf,
  type PlainField,
} from './completing.ts';
import type { Shows, ShownNotes } from './shown-notes.ts';

export interface FieldKeys {
  /** In the client's answer. */
  readonly key: string;
  /** In what subgraphs answered. */
  readonly from: string;
}

interface DataField extends FieldKeys, Omit<PlainField, 'key'> {}

/** The fields of an object, as such and, if all of them are plain, as plain ones. */
export function compiledFields(fields: readonly (PlainField | CompleteField)[]): CompiledFields {
  const plain = fields.filter((one): one is PlainField => typeof one === 'object');
  return { fields: fields.map(asCompleteField), plain: plain.length === fields.length ? plain : null };
}

export function asCompleteField(field: PlainField | CompleteField): CompleteField {
  return typeof field === 'function' ? field : keyedField({ ...field, from: field.key });
}

/** A field that subgraphs answered. Names of the prototype are looked up with care (case 34), the others quickly. */
export function dataField({ key, from, complete, shows }: DataField): PlainField | CompleteField {
  if (key === from && !(key in Object.prototype)) return { key, complete, shows };
  return keyedField({ key, from, complete, shows });
}

function keyedField({ key, from, complete, shows }: DataField): CompleteField {
  const isInherited = key in Object.prototype || from in Object.prototype;
  return (source, completed, at) => {
    const answered = isInherited ? own(source, from) : source[from];
    const value = complete(answered, at, key);
    if (value === undefined) return false;
    if (answered === undefined) noteMissing(source, { key, from }, at);
    if (at.shown !== null && value !== null) noteShown({ shows }, at.shown);
    if (isInherited) setOwn(completed, key, value);
    else completed[key] = value;
    return true;
  };
}

/** Notes that a field did not come: nobody asked for it, or a subgraph left it out. */
export function noteMissing(source: Answered, { key, from }: FieldKeys, at: Completing): void {
  if (!at.absent.has(source, from)) misfit(at, key);
}

/** Notes that a field has a value. */
export function noteShown({ shows }: Pick<PlainField, 'shows'>, shown: ShownNotes): void {
  if (shows !== null) shown.notes.push({ shows, holder: shown.holder });
}

/** A field of the root: what is noted below it stands under it, and a plan that did not even ask for it is a fault. */
export function rootField(coordinate: string, { key, from }: FieldKeys, field: CompleteField): CompleteField {
  const holder = { personId: null, root: coordinate };
  return (source, completed, at) => {
    if (at.shown !== null) at.shown.holder = holder;
    const isPlanned = has(source, from);
    const misfits = at.misfits.length;
    const whole = field(source, completed, at);
    if (!isPlanned && at.misfits.length === misfits) misfit(at, key);
    return whole;
  };
}

/** `__typename` of a type. An interface is no type of an object: only a fetch that failed leaves it there. */
export function typenameField(
  key: string,
  { typename, isObject }: { typename: string; isObject: boolean },
): CompleteField {
  return (_source, completed, at) => {
    if (isObject) setOwn(completed, key, typename);
    else misfit(at, key);
    return isObject;
  };
}

/** `__schema` and `__type`, answered beforehand. */
export function introspectionField(key: string): CompleteField {
  return (_source, completed, { introspection }) => {
    setOwn(completed, key, own(introspection, key) ?? null);
    return true;
  };
}

/** `__schema` and `__type` below a field that leads back to the query: answered at the root only, and nowhere in silence. */
export function unansweredField(key: string): CompleteField {
  return (_source, _completed, at) => misfit(at, key) !== null;
}

/** Where a field was taken out because the caller may not read it. */
export function forbiddenField(field: ForbiddenField): CompleteField {
  return (_source, completed, { path, forbidden }) => {
    setOwn(completed, field.responseKey, null);
    noteOneOf(forbidden, () => forbiddenFieldError(field, [...path, field.responseKey]));
    return true;
  };
}

/** The hub's own look at whose an object is; it does not leave. */
export function personWitness(key: string, complete: Complete): CompleteField {
  return (source, _completed, at) => {
    const id = complete(source[key], at, key);
    if (at.shown !== null && typeof id === 'string') {
      at.shown.holder = { ...at.shown.holder, personId: id };
      at.shown.notes.push({ shows: NOTHING, holder: at.shown.holder });
    }
    return id !== undefined;
  };
}

/** The hub's own look at the category of an event; it does not leave. */
export function categoryWitness(key: string, complete: Complete): CompleteField {
  return (source, _completed, at) => {
    const category = complete(source[key], at, key);
    if (at.shown !== null && typeof category === 'string')
      at.shown.notes.push({ shows: { coordinates: [], categories: [category] }, holder: at.shown.holder });
    return category !== undefined;
  };
}

const NOTHING: Shows = { coordinates: [], categories: [] };
