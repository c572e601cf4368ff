import { PassedText } from '../../subgraph-sources/passed-text.ts';
import type { Complete } from './completing.ts';

/**
 * The completion of a field whose value may be a subgraph's text that nobody read: it stays as it is where it has been
 * compared with this field's own shape, and is completed as any other value where not.
 */
export function passing(complete: Complete, shape: string | null): Complete {
  return (value, at, key) => {
    if (!(value instanceof PassedText)) return complete(value, at, key);
    if (value.shape !== shape || value.isOpen) return complete(value.open(), at, key);
    at.passed = true;
    return value;
  };
}
