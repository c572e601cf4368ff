import { PassedText } from '../../subgraph-sources/passed-text.ts';
import { isAnswered } from '../own.ts';

/** JSON of a value in which texts of subgraphs stand that pass through. What has none, `JSON.stringify` makes faster. */
export function jsonText(value: unknown): string {
  if (value instanceof PassedText) return value.isOpen ? JSON.stringify(value) : value.text;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (!isAnswered(value)) return JSON.stringify(value);
  let members = '';
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (inner !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${jsonText(inner)}`;
  }
  return `{${members}}`;
}
