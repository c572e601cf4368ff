import { z } from 'zod';
import { setting, type SettingsTable } from '../shared/settings.ts';
import { checkpointPlace } from './checkpoint-place.ts';
import { CHANGES_WRITER } from './port.ts';
import { signingKeyOf } from './signing-key.ts';

/** The environment variables of the audit log. */
export const auditSettings = {
  AUDIT_SIGNING_KEY: {
    schema: z.string({ error: 'is required' }).transform((json, context) => parsedBy(signingKeyOf, json, context)),
    secret: 'key',
    description: 'private Ed25519 key (JSON Web Key) that signs the checkpoints, from: npm run keys -- new-signing-key',
  },
  AUDIT_CHECKPOINTS: {
    schema: setting
      .text('file:./data/audit-checkpoints.jsonl')
      .transform((url, context) => parsedBy(checkpointPlace, url, context)),
    description:
      'where signed checkpoints go: file:PATH, folder:PATH (one file each, for WORM storage) or https://…; meant is another machine than the store’s; each gateway needs its own place',
    shown: 'file:./data/audit-checkpoints.jsonl',
  },
  AUDIT_WRITER: {
    schema: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and -')
      .refine((name) => name !== CHANGES_WRITER, `must not be ${CHANGES_WRITER}: all gateways write that chain`)
      .optional()
      .transform((name) => name ?? 'hub'),
    description: 'name of this process’s chain of audit records of requests; each gateway on one store needs its own',
    shown: 'hub',
  },
  AUDIT_SPOOL: {
    schema: setting.text('./data/audit-spool.jsonl'),
    description:
      'local file for records of emergencies while the store takes none; on another disk than the store, if there is one',
    shown: './data/audit-spool.jsonl',
  },
} satisfies SettingsTable;

function parsedBy<T>(parse: (text: string) => T, text: string, context: z.RefinementCtx): T {
  try {
    return parse(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is not valid' });
    return z.NEVER;
  }
}
