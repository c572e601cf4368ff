/**
 * Reads an XML document into plain elements with their namespaces. Refused outright: any document type declaration
 * (and with it external entities and entity bombs), entities that are not XML's own, nesting deeper than 64, more markup
 * than any answer has, anything that is not well-formed, a cut-off document included.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { unescapeXml } from './xml-text.ts';

export interface XmlElement {
  /** Local name. */
  readonly name: string;
  /** Namespace name, `''` for none. */
  readonly namespace: string;
  readonly children: readonly XmlElement[];
  /** Own text and CDATA, entities resolved. */
  readonly text: string;
}

const MAX_DEPTH = 64;
/**
 * Opening tags, CDATA sections, comments and attributes together. Measured: this many hold up the process for 0.25 s,
 * 0.45 s the first time, up to 0.8 s with 5 MB of text between them; the work grows with the length only.
 */
const MAX_MARKUP = 80_000;
// The parser leaves entities alone: it would expand those of a DTD; ours are resolved by `unescapeXml`.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
});

const textNode = z.strictObject({ '#text': z.string() });
const cdataNode = z.strictObject({ '#cdata': z.array(textNode).max(1) });
const attributes = z.record(z.string(), z.string());
const nodes = z.array(z.record(z.string(), z.unknown()));
/** Namespaces by prefix. A link to the outer scope, not a copy of it: as deep as the nesting at most. */
interface Scope {
  readonly own: ReadonlyMap<string, string>;
  readonly outer: Scope | null;
}

/** The root element. Throws `RangeError` or the parser's error for every document it refuses. */
export function readXml(text: string): XmlElement {
  // Only comments and CDATA may start with `<!`: no DOCTYPE, no ENTITY, wherever it stands, even inside CDATA.
  if (/<!(?!--|\[CDATA\[)/.test(text)) throw new RangeError('a document type declaration');
  if (hasTooMuchMarkup(text)) throw new RangeError('too many elements and attributes');
  // The validator lets text pass after a root like `<a/>`.
  if (XMLValidator.validate(text) !== true || !text.trimEnd().endsWith('>'))
    throw new RangeError('not well-formed XML');
  const [root, ...more] = nodes
    .parse(parser.parse(text))
    .filter((node) => isElement(node) || textOf(node).trim() !== '');
  if (root === undefined || more.length > 0) throw new RangeError('not exactly one root element');
  return element(root, { own: new Map([['', '']]), outer: null }, 1);
}

function element(node: Record<string, unknown>, outer: Scope, depth: number): XmlElement {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deep');
  const { ':@': rawAttributes = {}, ...rest } = node;
  const [entry, ...more] = Object.entries(rest);
  if (entry === undefined || more.length > 0) throw new RangeError('not an element');
  const scope = withDeclarations(outer, attributes.parse(rawAttributes));
  const [prefix, name] = splitName(entry[0]);
  const namespace = namespaceOf(prefix, scope);
  if (namespace === undefined) throw new RangeError('an undeclared namespace prefix');
  const content = nodes.parse(entry[1]);
  const children = content.filter(isElement).map((child) => element(child, scope, depth + 1));
  return { name, namespace, children, text: content.map(textOf).join('') };
}

function withDeclarations(outer: Scope, declared: Readonly<Record<string, string>>): Scope {
  const own = Object.entries(declared).filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'));
  if (own.length === 0) return outer;
  return { own: new Map(own.map(([key, value]) => [key.slice('xmlns:'.length), unescapeXml(value)])), outer };
}

function namespaceOf(prefix: string, scope: Scope): string | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const namespace = at.own.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}

/** Counted before the parser runs: it is the parser that takes the time. */
function hasTooMuchMarkup(text: string): boolean {
  const markup = /<[^/]|=\s*["']/g;
  for (let count = 0; markup.test(text); count += 1) if (count >= MAX_MARKUP) return true;
  return false;
}

function splitName(qualified: string): readonly [prefix: string, name: string] {
  const [first = '', second, ...more] = qualified.split(':');
  if (more.length > 0 || second === '') throw new RangeError('a malformed element name');
  return second === undefined ? ['', first] : [first, second];
}

const isElement = (node: Record<string, unknown>) => !('#text' in node) && !('#cdata' in node);

function textOf(node: Record<string, unknown>): string {
  if ('#text' in node) return unescapeXml(textNode.parse(node)['#text']);
  if ('#cdata' in node) return (cdataNode.parse(node)['#cdata'][0] ?? { '#text': '' })['#text'];
  return '';
}
