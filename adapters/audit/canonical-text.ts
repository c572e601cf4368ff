import canonicalize from 'canonicalize';

/**
 * The canonical form of JSON (RFC 8785). Throws for what JSON does not have, lone surrogates among it. A value whose keys
 * stand in order already, as those of a request's record do, is what `JSON.stringify` makes of it (RFC 8785, 3.2.2 takes
 * numbers and strings from there): a fifth of the time and of the garbage.
 */
export function canonicalText(value: object): string {
  return (isInOrder(value) ? JSON.stringify(value) : canonicalize(value)) ?? '';
}

/** Is it plain JSON with all keys in the order of their UTF-16 units, so that there is nothing to bring into a form? */
export function isInOrder(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? value.every(isInOrder) : isObjectInOrder(value);
  return value === null || typeof value === 'boolean';
}

function isObjectInOrder(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  let before = '';
  for (const [key, held] of Object.entries(value)) {
    if (key < before || !key.isWellFormed() || !isInOrder(held)) return false;
    before = key;
  }
  return true;
}
