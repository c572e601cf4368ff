import { octetsOf, PassedText } from '../../subgraph-sources/passed-text.ts';
import { isAnswered } from '../own.ts';

/**
 * JSON of a value in which texts of subgraphs stand that pass through: as octets, UTF-8 with a character for each byte.
 * Where there are none, `JSON.stringify` is faster.
 */
export function jsonOctets(value: unknown): string {
  if (value instanceof PassedText) return value.isOpen ? octetsOf(JSON.stringify(value)) : value.octets;
  if (Array.isArray(value)) return `[${value.map(jsonOctets).join(',')}]`;
  if (!isAnswered(value)) return octetsOf(JSON.stringify(value));
  let members = '';
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (inner !== undefined) members += `${members === '' ? '' : ','}${keyOctets(key)}:${jsonOctets(inner)}`;
  }
  return `{${members}}`;
}

const NAME = /^\w+$/;

/** A name of GraphQL needs no escape; the value of a scalar that a schema declares itself may have any key. */
function keyOctets(key: string): string {
  return NAME.test(key) ? `"${key}"` : octetsOf(JSON.stringify(key));
}
