import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Environment, inProduction } from '../shared/run-mode.ts';
import type { SettingsTable } from '../shared/settings.ts';
import { KeyFault, keyRingFile } from './key-ring.ts';
import { type KeySource, readKeys } from './key-source.ts';
import { weakKeysFault } from './weak-keys.ts';

/** The environment variables of the vault: one of the two. */
export const vaultSettings = {
  ENCRYPTION_KEYS_FILE: {
    schema: z
      .string()
      .optional()
      .superRefine((file, context) => {
        const message = file === undefined ? null : wrongWith(file);
        if (message !== null) context.addIssue({ code: 'custom', message });
      }),
    description:
      'file with the keys that wrap the data keys of sensitive texts, from: npm run keys -- new-encryption-keys FILE; read again every 10 s',
    shown: 'none; this or the command is required',
    inProduction: (file: string | undefined) =>
      file === undefined ? null : weakKeysFault(keyRingFile(readFileSync(file, 'utf8'))),
  },
  ENCRYPTION_KEYS_COMMAND: {
    schema: z
      .string()
      .optional()
      .transform((line = '') => line.split(' ').filter((word) => word !== '')),
    description:
      'in place of the file: a program with its arguments (no shell) that prints its content, e.g. of a key store',
    shown: 'none',
  },
} satisfies SettingsTable;

interface VaultValues {
  readonly ENCRYPTION_KEYS_FILE?: string | undefined;
  /** Left out where it could not be read. */
  readonly ENCRYPTION_KEYS_COMMAND?: readonly string[];
}

/** The one that is configured, or what is wrong, as a line; what a command prints is looked at here, a file by the table. */
export async function keySourceOf(
  { ENCRYPTION_KEYS_FILE: file, ENCRYPTION_KEYS_COMMAND: command = [] }: VaultValues,
  environment: Environment,
): Promise<KeySource | string> {
  const [program, ...args] = command;
  const strict = inProduction(environment);
  if (file !== undefined && program !== undefined)
    return 'ENCRYPTION_KEYS_FILE: given together with ENCRYPTION_KEYS_COMMAND; keep one';
  if (file !== undefined) return { kind: 'file', file, strict };
  if (program === undefined)
    return 'ENCRYPTION_KEYS_FILE: is required, or ENCRYPTION_KEYS_COMMAND (make one: npm run keys -- new-encryption-keys FILE)';
  const source = { kind: 'command', program, args, strict } as const;
  const fault = await readKeys(source).then(
    () => null,
    (error: unknown) => saidBy(error, 'the program failed'),
  );
  return fault === null ? source : `ENCRYPTION_KEYS_COMMAND: ${fault}`;
}

function wrongWith(file: string): string | null {
  try {
    keyRingFile(readFileSync(file, 'utf8'));
    return null;
  } catch (error) {
    return saidBy(error, 'the file cannot be read');
  }
}

/** What the system says may repeat what a command was given. */
const saidBy = (error: unknown, otherwise: string): string => (error instanceof KeyFault ? error.message : otherwise);
