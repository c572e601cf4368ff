/** SOAP 1.1 envelopes, document/literal: written from names and text, read back into elements. */
import { escapeXml } from './xml-text.ts';
import { readXml } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

export const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';

/** What goes into a request: text, or named children in their order; an array repeats its element. */
export type SoapContent = string | number | { readonly [name: string]: SoapContent | readonly SoapContent[] | null };

export interface SoapFault {
  /** Local part of the fault code: `Client`, `Server`, `VersionMismatch`, `MustUnderstand` (SOAP 1.1, 4.4.1). */
  readonly code: string;
  /** The department's own code in `detail`, where it gives one. */
  readonly detailCode: string | null;
}

export type SoapBody = { readonly answer: XmlElement } | { readonly fault: SoapFault };

interface SoapPayload {
  readonly namespace: string;
  readonly operation: string;
  readonly content: SoapContent;
}

/** The one element of a request's body. Throws `RangeError` where a value has characters that XML cannot carry. */
export function writePayload({ namespace, operation, content }: SoapPayload): string {
  const open = `${elementName(operation)} xmlns="${escapeXml(namespace)}"`;
  return `<${open}>${write(content)}</${operation}>`;
}

/** The whole document around a payload and, where given, header blocks; both are XML already. */
export function writeEnvelope(payload: string, header = ''): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${SOAP_11}">` +
    `${header && `<soap:Header>${header}</soap:Header>`}<soap:Body>${payload}</soap:Body></soap:Envelope>`
  );
}

function write(content: SoapContent): string {
  if (typeof content !== 'object') return escapeXml(String(content));
  return Object.entries(content)
    .flatMap(([name, value]) => values(value).map((item) => `<${elementName(name)}>${write(item)}</${name}>`))
    .join('');
}

function values(value: SoapContent | readonly SoapContent[] | null): readonly SoapContent[] {
  if (value === null) return [];
  return isList(value) ? value : [value];
}

const isList = (value: SoapContent | readonly SoapContent[]): value is readonly SoapContent[] => Array.isArray(value);

/** Names come from our contract, never from a caller; checked all the same. */
function elementName(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw new RangeError('not an element name of a contract');
  return name;
}

/** The one element of the body, or the fault. Throws for anything that is not exactly a SOAP 1.1 envelope. */
export function readEnvelope(text: string): SoapBody {
  const envelope = readXml(text);
  if (!isSoap(envelope, 'Envelope')) throw new RangeError('not a SOAP 1.1 envelope');
  const bodies = envelope.children.filter((child) => isSoap(child, 'Body'));
  const [content, ...more] = bodies.flatMap((body) => body.children);
  if (bodies.length !== 1 || content === undefined || more.length > 0) throw new RangeError('not exactly one answer');
  return isSoap(content, 'Fault') ? { fault: toFault(content) } : { answer: content };
}

const isSoap = (element: XmlElement, name: string) => element.namespace === SOAP_11 && element.name === name;

// SOAP 1.1, 4.4: the children of a fault are unqualified; stacks that answer 1.2's Code/Value inside are met as well.
function toFault(fault: XmlElement): SoapFault {
  const code = find(fault, ['faultcode']) ?? find(fault, ['Code', 'Value']) ?? '';
  return { code: code.slice(code.indexOf(':') + 1), detailCode: detailCode(fault) };
}

function detailCode(fault: XmlElement): string | null {
  const detail = fault.children.find((child) => child.name === 'detail');
  const codes = (detail?.children ?? []).flatMap((child) => find(child, ['code']) ?? []);
  return codes[0] ?? null;
}

function find(element: XmlElement, path: readonly string[]): string | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return element.text.trim();
  const child = element.children.find((candidate) => candidate.name === name);
  return child && find(child, rest);
}
