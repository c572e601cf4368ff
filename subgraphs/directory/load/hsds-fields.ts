import { parseDivision } from '../../../adapters/shared/division.ts';
import { parseLooseDate } from '../../../adapters/shared/loose-date.ts';

/** An object of a file, as it came. */
export type Source = Readonly<Record<string, unknown>>;

/** Where a field of HSDS goes, and how. */
export type FieldMap = Readonly<Record<string, readonly [to: string, how: (value: unknown) => unknown]>>;

export const asObject = (value: unknown): Source | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Source) : null;
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** As it came: checked later. */
export const same = (value: unknown) => value;
/** What is no date stays as it is, so that it is told and not lost. */
export const date = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? (parseLooseDate(value) ?? value) : value;
export const code = (value: unknown) =>
  typeof value === 'string'
    ? value
        .trim()
        .toUpperCase()
        .replaceAll(/[\s-]+/g, '_')
    : value;
export const codes = (value: unknown) => (Array.isArray(value) ? value.map(code) : value);
const text = (value: unknown) => (typeof value === 'number' ? String(value) : value);
const each = (map: FieldMap) => (value: unknown) =>
  Array.isArray(value)
    ? value.map((item) => (asObject(item) === null ? item : renamed(asObject(item) ?? {}, map)))
    : value;

/** The fields that the map knows, under the directory's names. */
export function renamed(source: Source, map: FieldMap): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([from, [to, how]]) =>
      source[from] === undefined || source[from] === null ? [] : [[to, how(source[from])]],
    ),
  );
}

const PHONE_KINDS: Readonly<Record<string, string>> = { cell: 'MOBILE', sms: 'TEXT', 'text telephone': 'TEXT' };
const PHONE: FieldMap = {
  number: ['number', text],
  extension: ['extension', text],
  type: ['kind', (value) => (typeof value === 'string' ? (PHONE_KINDS[value] ?? code(value)) : value)],
  description: ['description', same],
};
export const phones = each(PHONE);
export const contacts = each({
  name: ['name', same],
  title: ['title', same],
  email: ['email', same],
  phones: ['phones', phones],
});
export const evaluations = each({
  date: ['date', date],
  by: ['by', same],
  result: ['result', same],
  url: ['url', same],
});
export const qualifications = each({
  name: ['name', same],
  issuer: ['issuer', same],
  number: ['number', text],
  issued_on: ['issuedOn', date],
  expires_on: ['expiresOn', date],
});
/** Amounts in another currency than yuan are none of the directory's: they fail the check. */
export const costs = (value: unknown) =>
  Array.isArray(value)
    ? value.map((item) => {
        const cost = asObject(item);
        if (cost === null) return item;
        const foreign = typeof cost['currency'] === 'string' && cost['currency'].toUpperCase() !== 'CNY';
        return {
          option: cost['option'] ?? cost['amount_description'],
          amount: foreign ? `${String(cost['currency'])} ${String(cost['amount'])}` : cost['amount'],
          ...(cost['amount_description'] != null && { description: cost['amount_description'] }),
        };
      })
    : value;
export const languages = (value: unknown) =>
  Array.isArray(value) ? value.map((item) => asObject(item)?.['code'] ?? asObject(item)?.['name'] ?? item) : value;
/** `extent` is a GB/T 2260 code; an area in words alone is none that can be searched. */
export const areas = (value: unknown) =>
  Array.isArray(value)
    ? value.map((item) => {
        const extent = asObject(item)?.['extent'] ?? item;
        return typeof extent === 'string' || typeof extent === 'number'
          ? (parseDivision(String(extent)) ?? String(extent))
          : '';
      })
    : value;
export const locationIds = (value: unknown) =>
  Array.isArray(value)
    ? value.map((item) => asObject(asObject(item)?.['location'])?.['id'] ?? asObject(item)?.['location_id'] ?? item)
    : value;
/** Of a list of objects, each on a line. */
export const descriptions = (value: unknown) =>
  Array.isArray(value)
    ? value
        .map((one) => asObject(one)?.['description'])
        .filter((one) => typeof one === 'string')
        .join('\n')
    : value;
export const address = (value: unknown) => {
  const first = asObject(listOf(value)[0]);
  if (first === null) return value;
  const parts = ['state_province', 'region', 'city', 'address_1', 'address_2'].map((name) => first[name]);
  return parts.filter((part) => typeof part === 'string').join('');
};
