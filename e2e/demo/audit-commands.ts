import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EndedProcess, runToEnd } from '../harness/run-to-end.ts';
import type { Stack } from '../harness/start-stack.ts';
import { PUBLIC_KEYS_FILE } from '../harness/trust-settings.ts';
import { copyInUse } from '../../adapters/store/sqlite/copy-in-use.ts';

const AUDIT = fileURLToPath(new URL('../../adapters/audit/cli/main.ts', import.meta.url));

/** `npm run audit -- verify` against the running hub, as an auditor calls it. */
export async function verifyAudit(
  { folder, environment }: Stack,
  changes: Readonly<Record<string, string>> = {},
): Promise<EndedProcess> {
  const place = environment.AUDIT_CHECKPOINTS ?? '';
  const keys = join(folder, PUBLIC_KEYS_FILE);
  return runToEnd([AUDIT, 'verify', '--checkpoints', place, '--keys', keys], { ...environment, ...changes });
}

/** `npm run audit -- export` against the running hub: the records as lines of JSON in the file `out`. */
export async function exportAudit({ environment }: Stack, out: string): Promise<EndedProcess> {
  return runToEnd([AUDIT, 'export', '--out', out], environment);
}

/** A copy of the hub's store in which one byte of one record of the log is another; `place` names it. */
export async function changedCopy({ folder, environment }: Stack): Promise<{ copy: string; place: string }> {
  const file = (environment.STORE_URL ?? '').replace(/^sqlite:/, '');
  const copy = join(folder, 'changed.db');
  copyInUse(file, copy);
  const store = new DatabaseSync(copy);
  try {
    const entry = store
      .prepare(`SELECT log, sequence FROM log_entry WHERE data LIKE '%"purpose":"CARE"%' ORDER BY sequence LIMIT 1`)
      .get();
    const { log, sequence } = { log: String(entry?.['log']), sequence: Number(entry?.['sequence']) };
    // CARE becomes DARE: one byte.
    store
      .prepare(
        `UPDATE log_entry SET data = replace(data, '"purpose":"CARE"', '"purpose":"DARE"') WHERE log = ? AND sequence = ?`,
      )
      .run(log, sequence);
    return { copy, place: `${log} ${sequence}` };
  } finally {
    store.close();
  }
}
