import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file beside its place and moves it there: whoever reads it finds the old or the new one, whole. */
export function putInPlace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
