import { csvTable } from './csv-table.ts';
import { readDroppedFile } from './read-dropped-file.ts';

/** One line of the night's manifest, which the department writes when all files of the night are complete. */
export interface ManifestLine {
  readonly rows: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

const MAX_BYTES = 1024 * 1024;

/**
 * Lines of a manifest by file name: CSV with file name, number of rows, SHA-256. Lines that are none (a manifest half
 * written) are left out, so their files do not count as complete yet. Names are compared with names in the folder and
 * never opened. Throws `FileRefused`.
 */
export async function dropManifest(path: string): Promise<ReadonlyMap<string, ManifestLine>> {
  const { bytes } = await readDroppedFile(path, { maxBytes: MAX_BYTES });
  const { rows } = await csvTable(bytes);
  const lines = rows.flatMap(([name = '', count = '', hash = '']): [string, ManifestLine][] => {
    const sha256 = hash.trim().toLowerCase();
    if (!/^\d{1,9}$/.test(count.trim()) || !/^[0-9a-f]{64}$/.test(sha256)) return [];
    return [[name.trim().normalize('NFC'), { rows: Number(count), sha256 }]];
  });
  return new Map(lines);
}
