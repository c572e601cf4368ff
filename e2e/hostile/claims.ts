/** What must hold whatever a department answers. */
import { isValidIdNumber } from '../../adapters/shared/id-number.ts';
import { isPartialDate } from '../../adapters/shared/partial-date.ts';
import { SourceError, type SourceErrorCode } from '../../adapters/shared/source-error.ts';
import type { RegisterEntry, RegisterPage, SourceAnswer } from '../../adapters/shared/source.ts';
import type { HostileDepartment, Question } from './hostile-department.ts';
import { PEOPLE, strangerIn } from './people.ts';
import type { FieldForms } from './field-forms.ts';
import type { Witness } from './witness.ts';

/** The codes of the union, and how the sentence of each ends: nothing of the answer has room in it. */
const SENTENCES: Readonly<Record<SourceErrorCode, string>> = {
  SOURCE_UNAVAILABLE: 'is not available at the moment; try again later.',
  SOURCE_TIMEOUT: 'did not answer in time; try again later.',
  SOURCE_INVALID: 'gave an answer that the hub cannot use; tell the operator of that system.',
};
const MOST_CALLS = 250;
const MOST_CHARACTERS = 1_000;
const LONGEST_ID = 64;
const LONGEST_CURSOR = 8_192;
/** Controls, what turns text about, what shows nothing, what is no character. Marks of combining and of variants may be there. */
const UNCLEAN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}|\p{Noncharacter_Code_Point}/u;

/** Of an error that came in place of an answer; `null` where all is well. */
export function errorFault(error: unknown, slug: string): string | null {
  if (!(error instanceof SourceError)) return `no SourceError: ${String(error)}`;
  if (error.message !== `The ${slug} department's system ${SENTENCES[error.code]}`) return `message: ${error.message}`;
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    const fault = leak(`${cause.message} ${cause.stack ?? ''}`);
    if (fault !== null) return `a cause says ${fault}`;
  }
  return null;
}

export function witnessFault({ calls, bytes, told, fault }: Witness, mostBytes: number): string | null {
  if (fault !== null) return fault;
  if (calls > MOST_CALLS) return `${calls} calls`;
  if (bytes > mostBytes) return `${bytes} bytes were taken`;
  const said = leak(JSON.stringify(told));
  if (said !== null) return `the log says ${said}`;
  return Object.keys(Object.prototype).length > 0 || Reflect.has({}, 'polluted') ? 'the prototype is polluted' : null;
}

/** Of persons, logs and causes have nothing. */
function leak(text: string): string | null {
  return strangerIn(text, null) ?? (/(?<!\d)\d{17}[\dX]/.test(text) ? `an ID number in ${text}` : null);
}

/** Of an answer to a read: each row is that of who was asked for, of its form, and clean. */
export function answerFault(
  answer: SourceAnswer<unknown>,
  { asked }: Question,
  { forms, ids }: { forms: FieldForms; ids: HostileDepartment['ids'] },
): string | null {
  if (Number.isNaN(Date.parse(answer.asOf))) return `as of ${answer.asOf}`;
  if (answer.rows.length !== asked.length) return `${answer.rows.length} entries for ${asked.length} ids`;
  const faults = answer.rows.flatMap((rows, place) => {
    const who = asked[place] ?? 0;
    return (rows ?? []).flatMap((row) => rowFault(row, forms, who) ?? []);
  });
  return faults[0] === undefined ? null : `${ids[asked[0] ?? 0]} …: ${faults[0]}`;
}

function rowFault(row: unknown, forms: FieldForms, who: number): string | null {
  if (typeof row !== 'object' || row === null || Object.getPrototypeOf(row) !== Object.prototype)
    return `no plain row: ${String(row)}`;
  for (const [field, value] of Object.entries(row)) {
    const form = forms[field];
    if (form === undefined) return `a field that no row has: ${field}`;
    const fault = form.faultOf(value) ?? textFault(value);
    if (fault !== null) return `${field}: ${fault}`;
  }
  return strangerIn(row, PEOPLE[who] ?? null);
}

export function textFault(value: unknown, most = MOST_CHARACTERS): string | null {
  if (typeof value === 'string') {
    if (value.length > most) return `${value.length} characters`;
    return UNCLEAN.test(value) ? `unclean: ${JSON.stringify(value)}` : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  return (
    Object.values(value)
      .map((one) => textFault(one, most))
      .find((one) => one !== null) ?? null
  );
}

/** Of a page of the register. */
export function registerFault({ entries, next }: RegisterPage, ids: readonly string[]): string | null {
  if (next !== null && (typeof next !== 'string' || next === '' || next.length > LONGEST_CURSOR)) return 'no cursor';
  return entries.flatMap((entry) => entryFault(entry, ids) ?? [])[0] ?? null;
}

function entryFault(entry: RegisterEntry, ids: readonly string[]): string | null {
  const { localId, idNumber, birthDate, division, sex } = entry;
  if (localId === '' || localId.trim() !== localId || localId.length > LONGEST_ID)
    return `no local id: ${JSON.stringify(localId.slice(0, 200))}`;
  if (idNumber !== null && !isValidIdNumber(idNumber)) return `no ID number: ${idNumber}`;
  if (birthDate !== null && !isPartialDate(birthDate)) return `no date: ${birthDate}`;
  if (division !== null && !/^\d{6,12}$/.test(division)) return `no division: ${division}`;
  if (!['UNKNOWN', 'MALE', 'FEMALE', 'UNSTATED'].includes(sex)) return `no sex: ${sex}`;
  const who = ids.indexOf(localId);
  return textFault(entry) ?? (who === -1 ? null : strangerIn(entry, PEOPLE[who] ?? null));
}
