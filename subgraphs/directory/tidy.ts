import { cleanText, foldWidth } from '../../adapters/shared/fold-width.ts';

/** Codes and numbers: full-width characters become half-width. Everything else keeps its Chinese punctuation. */
const CODES = new Set([
  'id',
  'division',
  'areas',
  'responsibleFor',
  'creditCode',
  'number',
  'extension',
  'email',
  'website',
  'url',
  'languages',
  'opensAt',
  'closesAt',
  'organisation',
  'supervisor',
  'locations',
]);

/**
 * An input as it is checked: texts without invisible characters and trimmed, codes in half-width, languages in their
 * canonical form, nothing that is null or undefined (so that defaults apply). The shape stays as it came.
 */
export function tidy(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return tidyText(value, name);
  if (Array.isArray(value)) return value.map((item) => tidy(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner == null ? [] : [[key, tidy(inner, key)]])),
  );
}

function tidyText(text: string, name: string): string {
  if (name === 'description') return lines(text);
  if (!CODES.has(name)) return cleanText(text);
  const folded = foldWidth(text);
  if (name === 'creditCode') return folded.replaceAll(' ', '').toUpperCase();
  return name === 'languages' ? canonicalLanguage(folded) : folded;
}

/** A description keeps its lines. */
const lines = (text: string) => text.split(/\r?\n/).map(cleanText).join('\n').trim();

function canonicalLanguage(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    return tag;
  }
}
