import type { XmlElement } from './xml-element.ts';

/** An element as plain data for a schema: leaves are texts, the rest records; list elements are arrays of records. */
export interface XmlRecord {
  readonly [name: string]: string | XmlRecord | readonly XmlRecord[];
}

/**
 * Turns an element's children into a record. Names in `lists` may repeat and are arrays, absent where there are none;
 * any other name that stands twice is ambiguous and a `RangeError`. Elements of other namespaces are left out.
 */
export function xmlRecord(element: XmlElement, lists: readonly string[] = []): XmlRecord {
  const record: Record<string, string | XmlRecord | XmlRecord[]> = {};
  for (const child of element.children.filter(({ namespace }) => namespace === element.namespace)) {
    const { name } = child;
    const before = Object.hasOwn(record, name) ? record[name] : undefined;
    // Pushed, never copied: a list may have as many elements as the answer has room for.
    if (Array.isArray(before)) before.push(xmlRecord(child, lists));
    else if (lists.includes(name)) record[name] = [xmlRecord(child, lists)];
    else if (before !== undefined) throw new RangeError(`the element ${name} stands twice`);
    else record[name] = child.children.length > 0 ? xmlRecord(child, lists) : child.text;
  }
  return record;
}
