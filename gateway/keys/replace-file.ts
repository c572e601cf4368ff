import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const SECRET = 0o600;

/** Makes a file that only its owner reads. Throws in words, also when there is one already. */
export function makeSecretFile(file: string, text: string): void {
  const handle = inWords(file, () => openSync(file, 'wx', SECRET));
  writeDurably(handle, text);
  fsyncFolder(file);
}

/**
 * Puts another text into a file in one step: a reader sees the old one or the new one, also after a crash. Owner and mode
 * stay. Two of these at once cannot lose each other's change: the new file, opened before the old one is read, is the lock.
 */
export function replaceFile(file: string, change: (text: string) => string): void {
  const target = inWords(file, () => realpathSync(file));
  const next = `${target}.new`;
  const handle = inWords(next, () => openSync(next, 'wx', SECRET));
  let open = true;
  try {
    const text = change(readFileSync(target, 'utf8'));
    writeDurably(handle, text);
    open = false;
    keepOwner(target, next);
    renameSync(next, target);
  } catch (error) {
    if (open) closeSync(handle);
    rmSync(next, { force: true });
    throw error;
  }
  fsyncFolder(target);
}

function writeDurably(handle: number, text: string): void {
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
}

/** What `root` rotates must still be readable to the hub's account. */
function keepOwner(from: string, to: string): void {
  const { mode, uid, gid } = statSync(from);
  const made = statSync(to);
  if (made.uid !== uid || made.gid !== gid) inWords(to, () => chownSync(to, uid, gid));
  chmodSync(to, mode & 0o777);
}

/** A rename is durable when its folder is. Windows knows no such thing. */
function fsyncFolder(file: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there, or its folder is not',
  EACCES: 'cannot be read or written by this account',
  EPERM: 'cannot be given to the owner of the old file; run this as that account',
  EROFS: 'lies on a read-only disk',
  EISDIR: 'is a folder',
};

function inWords<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    throw new Error(`${file}: ${code === 'EEXIST' ? existing(file) : (WORDS[code] ?? `cannot be used (${code})`)}`, {
      cause,
    });
  }
}

const existing = (file: string): string =>
  file.endsWith('.new')
    ? 'another change of the file is going on; if none is (one was killed), remove this and try again'
    : 'is there already, and is never overwritten: whoever loses its keys loses the texts';
