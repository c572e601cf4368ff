/** An XML document to be spoilt before it is written. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  /** Of a leaf: its text, `raw` as it stands. */
  text?: string;
  raw?: string;
  children: XmlNode[];
  /** Before the root and after it. */
  prolog?: string;
  epilog?: string;
}

export const node = (name: string, children: readonly XmlNode[], attributes: Record<string, string> = {}): XmlNode => ({
  name,
  attributes,
  children: [...children],
});
export const leaf = (name: string, text: string): XmlNode => ({ name, attributes: {}, text, children: [] });

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

export function writeXml({ name, attributes, text, raw, children, prolog = '', epilog = '' }: XmlNode): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const content = raw ?? `${escaped(text ?? '')}${children.map(writeXml).join('')}`;
  return `${prolog}<${name}${written.join('')}>${content}</${name}>${epilog}`;
}

/** All of it, from the root on. */
export function nodesIn(root: XmlNode): readonly XmlNode[] {
  return [root, ...root.children.flatMap(nodesIn)];
}
