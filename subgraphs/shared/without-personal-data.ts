import { causeForLog } from './cause-for-log.ts';

/** An ID number of 18 or 15 digits, and whatever else is as long; a request's id has no such run of digits. */
const ID_NUMBER = /(?<!\d)\d{15,17}[\dXx]?(?!\d)|\d{18,}/g;
/** RFC 7519: three parts, the first of which begins as `{"` does. */
const TOKEN = /\beyJ[\w-]{10,}(?:\.[\w-]*){0,2}/g;
/** People's names are written so; of what the hub logs only names of dropped files are, and what is wrong with a schema. */
const HAN = /\p{Script=Han}+/gu;
const IN_HAN: ReadonlySet<string> = new Set(['file', 'problems']);
/** Nothing that stands under such a name may be logged, whatever it is. */
const SECRET_NAME =
  /^(?:authorization|cookie|password|secret|token|access_?token|id_?number|full_?name|person_?name|birth_?date|phone|address|variables|query|body|headers)$/i;

const MASK = '[redacted]';
const MOST_DEPTH = 6;
const MOST_LENGTH = 2_000;

/** A log entry, or a part of one, without what might be personal or secret. An error is told by its kind and place. */
export function withoutPersonalData(value: unknown, { name = '', depth = 0 } = {}): unknown {
  if (typeof value === 'string') return masked(value, name);
  if (typeof value === 'bigint' || typeof value === 'number') return isLong(value) ? MASK : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MOST_DEPTH) return MASK;
  if (value instanceof Error) return name === 'cause' ? causeForLog(value) : { cause: causeForLog(value) };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map((one: unknown) => withoutPersonalData(one, { name, depth: depth + 1 }));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      masked(key, ''),
      SECRET_NAME.test(key) ? MASK : withoutPersonalData(one, { name: key, depth: depth + 1 }),
    ]),
  );
}

function masked(text: string, name: string): string {
  const cut = text.length > MOST_LENGTH ? `${text.slice(0, MOST_LENGTH)}…` : text;
  const hidden = cut.replace(TOKEN, MASK).replace(ID_NUMBER, MASK);
  return IN_HAN.has(name) ? hidden : hidden.replace(HAN, MASK);
}

const isLong = (value: bigint | number) => /^-?\d{15,}$/.test(String(value));
