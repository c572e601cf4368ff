import { join } from 'node:path';
import { PUBLIC_KEYS_FILE } from '../harness/trust-settings.ts';
import type { Stack } from '../harness/start-stack.ts';

/** What a hub of one's own must not share with the demo's: its port, its store, and where the store's audit log goes. */
const NOT_SHARED = new Set(['PORT', 'STORE_URL', 'AUDIT_CHECKPOINTS', 'AUDIT_SPOOL']);

/**
 * The variables for a hub of one's own against the demo's systems, and for the audit commands on the demo's own store
 * (`DEMO_…`): lines that a shell can read.
 */
export function demoEnvironment({ environment, folder }: Pick<Stack, 'environment' | 'folder'>): string {
  const { STORE_URL = '', AUDIT_CHECKPOINTS = '' } = environment;
  const variables = [
    ...Object.entries(environment).filter(([name]) => !NOT_SHARED.has(name)),
    ['DEMO_STORE_URL', STORE_URL],
    ['DEMO_AUDIT_CHECKPOINTS', AUDIT_CHECKPOINTS],
    ['DEMO_AUDIT_KEYS', join(folder, PUBLIC_KEYS_FILE)],
  ];
  return variables.map(([name, value = '']) => `${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`).join('');
}
