import { LRUCache } from 'lru-cache';
import { foldWidth } from './fold-width.ts';

/**
 * A GB/T 2260 division code, with its town (GB/T 10114) and village or community part: 6, 9 or 12 digits. `null` for
 * anything else. The text keeps its length: `440106` and `440106000000` are the same division, `divisionPrefix` tells.
 */
export function parseDivision(raw: string): string | null {
  const code = foldWidth(raw).replaceAll(' ', '');
  return /^[1-9]\d(\d{4}|\d{7}|\d{10})$/.test(code) ? code : null;
}

/** Is `division` the same as `ancestor` or within it? A district is within itself; a malformed code is within nothing. */
export function isWithin(division: string, ancestor: string): boolean {
  const [inner, outer] = [knownPrefix(division), knownPrefix(ancestor)];
  return inner !== '' && outer !== '' && inner.startsWith(outer);
}

/** A city has a few thousand divisions, and each decision compares a dozen. */
const prefixes = new LRUCache<string, string>({ max: 5_000 });

/** Empty for a malformed code. */
function knownPrefix(division: string): string {
  const known = prefixes.get(division);
  if (known !== undefined) return known;
  const code = parseDivision(division);
  const prefix = code === null ? '' : divisionPrefix(code);
  prefixes.set(division, prefix);
  return prefix;
}

/**
 * The part of a code that all divisions within it begin with. Filling zeros stand for "the whole of it": three a level
 * for towns and villages, two for districts and cities: `440100000000` → `4401`, `440106000000` → `440106`,
 * `440106001000` → `440106001`. So a code may end in zeros only where its level is filled: `110000` → `11`, but
 * `440110` → `440110`, never `44011`.
 */
export function divisionPrefix(code: string): string {
  const levels = /^(\d\d)(\d\d)(\d\d)(\d{3})?(\d{3})?$/.exec(code)?.slice(1).filter(Boolean) ?? [code];
  // The province is never filled.
  while (levels.length > 1 && /^0+$/.test(levels.at(-1) ?? '')) levels.pop();
  return levels.join('');
}
