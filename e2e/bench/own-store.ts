import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { trustSettings } from '../harness/trust-settings.ts';

/** Store, keys and places of an audit log for one process, in a folder of its own: none of them serves two. */
export function ownStore(folder: string) {
  const own = mkdtempSync(join(folder, 'own-'));
  return { STORE_URL: `sqlite:${join(own, 'hub.db')}`, ...trustSettings(own, 'bench') };
}
