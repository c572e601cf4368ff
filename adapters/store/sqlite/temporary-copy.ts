import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../port.ts';
import { copyInUse } from './copy-in-use.ts';

interface TemporaryCopy {
  readonly file: string;
  remove(): void;
}

/** A copy of a store's file, which may be in use, in a folder of its own in `TMPDIR`. Throws `StoreError`. */
export function temporaryCopy(from: string): TemporaryCopy {
  if (!existsSync(from)) throw new StoreError('STORE_MISSING', { store: from });
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-copy-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const file = join(folder, 'copy.db');
    copyInUse(from, file);
    return { file, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
