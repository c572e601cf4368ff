import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { KeyFault, type KeyRing, keyRing, keyRingFile } from './key-ring.ts';
import { weakKeysFault } from './weak-keys.ts';

const COMMAND_TIMEOUT_MS = 10_000;
const run = promisify(execFile);

/** Where the key-encryption keys come from; read again while the hub runs, so that a new key needs no restart. */
export type KeySource = { /** Weak keys are refused, as in production. */ readonly strict: boolean } & (
  | { readonly kind: 'file'; readonly file: string }
  /** Prints the key file's text; run without a shell. */
  | { readonly kind: 'command'; readonly program: string; readonly args: readonly string[] }
);

/** Reads the keys as they are now. Throws `KeyFault` for what is none, else the system's error. */
export async function readKeys(source: KeySource): Promise<KeyRing> {
  const read = keyRingFile(await textOf(source));
  const fault = source.strict ? weakKeysFault(read) : null;
  if (fault !== null) throw new KeyFault(fault);
  return keyRing(read);
}

async function textOf(source: KeySource): Promise<string> {
  switch (source.kind) {
    case 'file':
      return readFileSync(source.file, 'utf8');
    case 'command': {
      const { stdout } = await run(source.program, [...source.args], {
        timeout: COMMAND_TIMEOUT_MS,
        killSignal: 'SIGKILL',
      });
      return stdout;
    }
  }
}
