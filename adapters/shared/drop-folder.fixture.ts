/** A folder of a department for tests: files with a manifest that is right, or as wrong as is asked for. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface DropFolder {
  readonly path: string;
  /** Writes a file and puts it into its night's manifest, with these rows and this hash if they are to be wrong. */
  drop(name: string, content: string | Uint8Array, claimed?: { rows?: number; sha256?: string }): Promise<void>;
  /** Writes a file that stands in no manifest. */
  put(name: string, content: string | Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function dropFolder(): Promise<DropFolder> {
  const path = await mkdtemp(join(tmpdir(), 'drop-'));
  const manifests = new Map<string, Map<string, string>>();
  const put = (name: string, content: string | Uint8Array) => writeFile(join(path, name), content);

  return {
    path,
    put,
    async drop(name, content, { rows, sha256 } = {}) {
      const stamp = /_(\d{8})\./.exec(name)?.[1] ?? '';
      const lines = manifests.get(stamp) ?? new Map<string, string>();
      const lineCount = String(content).trimEnd().split('\n').length - 1;
      const hash = sha256 ?? createHash('sha256').update(content).digest('hex');
      manifests.set(stamp, lines.set(name, `${name},${rows ?? lineCount},${hash}`));
      await put(name, content);
      await put(`manifest_${stamp}.csv`, ['file,rows,sha256', ...lines.values()].join('\n'));
    },
    remove: (name) => rm(join(path, name)),
    close: () => rm(path, { recursive: true, force: true }),
  };
}
