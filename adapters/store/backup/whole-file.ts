import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

const BESIDE = ['', '-wal', '-shm', '-journal'];

/**
 * Makes a file that is whole or is not there: `make` writes `FILE.part`, which gets its name when it is on the disk. What is
 * there already is left alone, unless `makeRoom` moves it away at that moment. Throws what `make` throws, with nothing left.
 */
export async function wholeFile<T>(
  file: string,
  make: (part: string) => Promise<T>,
  makeRoom?: () => void,
): Promise<T> {
  const part = `${file}.part`;
  if (makeRoom === undefined) expectNothingAt(file);
  reserve(part);
  const remove = () => {
    for (const end of BESIDE) rmSync(part + end, { force: true });
  };
  process.once('exit', remove);
  try {
    const made = await make(part);
    onDisk(part);
    makeRoom?.();
    expectNothingAt(file);
    renameSync(part, file);
    onDisk(dirname(file));
    return made;
  } finally {
    remove();
    process.off('exit', remove);
  }
}

function expectNothingAt(file: string): void {
  if (existsSync(file)) throw new Error(`${file} is there already and was left alone; name another file.`);
}

/** So that two at once do not write one file. */
function reserve(part: string): void {
  if (existsSync(part))
    throw new Error(`${part} is there: another one is writing it, or was killed. If none is running, remove it.`);
  closeSync(openSync(part, 'wx', 0o600));
}

function onDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
