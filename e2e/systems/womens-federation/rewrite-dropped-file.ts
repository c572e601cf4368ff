import iconv from 'iconv-lite';
import { createHash } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A line as the exporter writes it, in GB18030. */
export const droppedLine = (...cells: readonly string[]) => iconv.encode(`${cells.join(',')}\r\n`, 'gb18030');

/**
 * Changes a file in a drop folder and, as an exporter that does not notice would, its line in the manifest of its night.
 * The file is named by kind and day, e.g. `家庭关爱_20261120.csv`; `keepRows` leaves the manifest the number of rows.
 */
export async function rewriteDroppedFile(
  { folder, name }: { folder: string; name: string },
  change: (bytes: Buffer) => Uint8Array,
  { keepRows = false } = {},
): Promise<void> {
  const path = join(folder, name);
  const before = await readFile(path);
  const after = change(before);
  await writeFile(path, after);
  const manifest = join(folder, `清单_${name.slice(-12, -4)}.csv`);
  const hash = createHash('sha256').update(after).digest('hex');
  // The last line about a file counts.
  await appendFile(manifest, droppedLine(name, String(rowsOf(keepRows ? before : after)), hash));
}

const rowsOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').trimEnd().split('\n').length - 1;
