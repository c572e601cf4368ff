import { existsSync } from 'node:fs';
import { StoreError } from '../port.ts';
import { copyInUse } from '../sqlite/copy-in-use.ts';
import { type Held, stillFile } from '../sqlite/still-file.ts';

/** An embedded store as it was at one instant, with all that was acknowledged before; the hub may run. Throws `StoreError`. */
export function copyOfFile(from: string, part: string): Held {
  if (!existsSync(from)) throw new StoreError('STORE_MISSING', { store: from });
  copyInUse(from, part);
  return stillFile(part);
}
