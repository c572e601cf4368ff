import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fchownSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoreUrl } from '../../../adapters/store/settings.ts';
import { type RevocationOrder, revocationOrder } from './apply-revocation.ts';

const MAX_BYTES = 4_096;
const ORDER = /^[0-9a-f-]{36}\.json$/;

/**
 * The folder beside an embedded store in which orders wait while the hub has the store; `null` = the store has none: it is
 * in memory, or a database, which takes orders itself.
 */
export function inboxOf(store: StoreUrl): string | null {
  return store.engine === 'mongodb' || store.file === ':memory:' ? null : `${store.file}.revocations`;
}

/**
 * Puts an order there, whole or not at all. Answers its file, which goes once the order is in force. Of root it belongs to
 * whose the folder is, for the hub reads it under that account.
 */
export function putOrder(inbox: string, order: RevocationOrder): string {
  const isNew = mkdirSync(inbox, { recursive: true, mode: 0o700 }) !== undefined;
  const owner = process.geteuid?.() === 0 ? statSync(isNew ? dirname(inbox) : inbox) : null;
  if (isNew && owner !== null)
    opened(inbox, constants.O_DIRECTORY | constants.O_NOFOLLOW, (folder) => fchownSync(folder, owner.uid, owner.gid));
  const file = join(inbox, `${randomUUID()}.json`);
  opened(`${file}.new`, 'wx', (descriptor) => {
    writeFileSync(descriptor, JSON.stringify(order), { flush: true });
    if (owner !== null) fchownSync(descriptor, owner.uid, owner.gid);
  });
  renameSync(`${file}.new`, file);
  return file;
}

/** By descriptor: whoever owns the folder could put a link to another's file in the place of a name meanwhile. */
function opened(path: string, flags: string | number, use: (descriptor: number) => void): void {
  const descriptor = openSync(path, flags, 0o600);
  try {
    use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Where the hub keeps an order that it refused. */
export const refusedFile = (file: string): string => `${file}.refused`;

export interface WaitingOrder {
  readonly file: string;
  /** `null` = it is none, and what it says is not to be told; `unreadable` = it may be one, of another account. */
  readonly order: RevocationOrder | 'unreadable' | null;
  done(): void;
  /** Keeps it for whoever looks, out of the way. */
  setAside(): void;
}

/** What waits; nothing where there is no such folder. */
export function waitingOrders(inbox: string | null): readonly WaitingOrder[] {
  return namesIn(inbox).map((name) => {
    const file = join(inbox ?? '', name);
    return {
      file,
      order: orderIn(file),
      done: () => rmSync(file, { force: true }),
      setAside: () => renameSync(file, refusedFile(file)),
    };
  });
}

function namesIn(inbox: string | null): readonly string[] {
  return inbox === null || !existsSync(inbox) ? [] : readdirSync(inbox).filter((name) => ORDER.test(name));
}

function orderIn(file: string): WaitingOrder['order'] {
  let text: string;
  try {
    const stat = lstatSync(file);
    if (!stat.isFile() || stat.size > MAX_BYTES) return null;
    text = readFileSync(file, 'utf8');
  } catch {
    return 'unreadable';
  }
  try {
    return revocationOrder.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
