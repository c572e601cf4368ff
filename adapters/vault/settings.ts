import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { SettingsTable } from '../shared/settings.ts';
import { weakSecretFault } from '../shared/weak-secret.ts';
import { keyRingFile } from './key-ring.ts';
import type { KeySource } from './key-source.ts';

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
    inProduction: (file: string | undefined) => (file === undefined ? null : weakKeysIn(file)),
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

/** The one that is configured, or what is wrong, as a line. */
export function keySourceOf({
  ENCRYPTION_KEYS_FILE: file,
  ENCRYPTION_KEYS_COMMAND: command = [],
}: VaultValues): KeySource | string {
  const [program, ...args] = command;
  if (file !== undefined && program !== undefined)
    return 'ENCRYPTION_KEYS_FILE: given together with ENCRYPTION_KEYS_COMMAND; keep one';
  if (program !== undefined) return { kind: 'command', program, args };
  if (file !== undefined) return { kind: 'file', file };
  return 'ENCRYPTION_KEYS_FILE: is required, or ENCRYPTION_KEYS_COMMAND (make one: npm run keys -- new-encryption-keys FILE)';
}

function weakKeysIn(file: string): string | null {
  const { keys, index } = keyRingFile(readFileSync(file, 'utf8'));
  const faults = [...Object.keys(keys), ...Object.values(keys), index].map((one) =>
    one.length < 64 ? demoFault(one) : weakSecretFault(one, 'key'),
  );
  return faults.find((fault) => fault !== null) ?? null;
}

/** The demo's keys are random as any others, and tell by their names whose they are. */
const demoFault = (id: string): string | null =>
  id.startsWith('demo-') ? 'is the demo’s; make one of your own' : null;

function wrongWith(file: string): string | null {
  try {
    keyRingFile(readFileSync(file, 'utf8'));
    return null;
  } catch (error) {
    return error instanceof Error && !('code' in error) ? error.message : 'the file cannot be read';
  }
}
