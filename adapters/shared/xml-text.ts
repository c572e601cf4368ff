/** Text in and out of XML 1.0. Both directions fail on what XML cannot carry instead of changing it. */

// XML 1.0 (5th ed.) 2.2: no NUL, no C0 controls but tab, LF and CR, no lone surrogates, no U+FFFE and U+FFFF.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A parser would turn a bare CR into LF (XML 1.0, 2.11).
  '\r': '&#13;',
};
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Whether XML 1.0 can carry this text at all. */
export function isXmlText(text: string): boolean {
  return text.isWellFormed() && !NOT_XML.test(text);
}

/** Text as content or attribute value. No value can open an element, close one or start an entity. */
export function escapeXml(text: string): string {
  if (!isXmlText(text)) throw new RangeError('the text has characters that XML 1.0 cannot carry');
  return text.replace(/[&<>"'\r]/g, (character) => ESCAPES[character] ?? character);
}

/** Resolves the five named entities and character references; any other entity is an error: it would need a DTD. */
export function unescapeXml(text: string): string {
  const resolved = text.replace(/&([^;&]{0,12};)?/g, (_, reference: string | undefined) => {
    const character = reference === undefined ? undefined : referenced(reference.slice(0, -1));
    if (character === undefined) throw new RangeError('an entity that is not of XML itself');
    return character;
  });
  if (!isXmlText(resolved)) throw new RangeError('characters that XML 1.0 cannot carry');
  return resolved;
}

function referenced(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const code = /^#x[0-9a-f]{1,6}$/i.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : /^#\d{1,7}$/.test(name)
      ? Number(name.slice(1))
      : Number.NaN;
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
