import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { FileRefused } from './file-refused.ts';

/**
 * Changes whenever the file does; costs one `lstat`. Throws `FileRefused` for what is no regular file: links could lead
 * out of the folder, and a pipe would hang whoever reads it.
 */
export async function droppedFileVersion(path: string): Promise<string> {
  const stats = await lstat(path, { bigint: true }).catch((cause: unknown) => {
    throw new FileRefused('UNREADABLE', { cause });
  });
  if (!stats.isFile()) throw new FileRefused('NOT_A_REGULAR_FILE');
  return versionOf(stats);
}

/** The whole of a regular file that holds still while it is read. Throws `FileRefused`. */
export async function readDroppedFile(
  path: string,
  { maxBytes }: { maxBytes: number },
): Promise<{ bytes: Uint8Array; version: string }> {
  await droppedFileVersion(path);
  // Between `lstat` and `open` the file may become a link or a pipe: the flags refuse the one and do not wait for the other.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(path, flags).catch((cause: unknown) => {
    throw new FileRefused('UNREADABLE', { cause });
  });
  try {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) throw new FileRefused('NOT_A_REGULAR_FILE');
    if (before.size > BigInt(maxBytes)) throw new FileRefused('TOO_BIG');
    const bytes = await filled(handle, Number(before.size));
    const after = await handle.stat({ bigint: true });
    if (versionOf(after) !== versionOf(before)) throw new FileRefused('CHANGED_WHILE_READ');
    return { bytes, version: versionOf(after) };
  } finally {
    await handle.close();
  }
}

async function filled(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await handle.read(bytes, at, size - at, at);
    if (bytesRead === 0) throw new FileRefused('CHANGED_WHILE_READ');
    at += bytesRead;
  }
  return bytes;
}

function versionOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].join(':');
}
