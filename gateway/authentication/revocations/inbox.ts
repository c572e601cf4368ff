import { randomUUID } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { StoreUrl } from '../../../adapters/store/settings.ts';
import { type RevocationOrder, revocationOrder } from './apply-revocation.ts';

const MAX_BYTES = 4_096;
const ORDER = /^[0-9a-f-]{36}\.json$/;

/** The folder beside an embedded store in which orders wait while the hub has the store; `null` = the store has none. */
export function inboxOf({ file }: StoreUrl): string | null {
  return file === ':memory:' ? null : `${file}.revocations`;
}

/** Puts an order there, whole or not at all. Answers its file, which goes once the order is in force. */
export function putOrder(inbox: string, order: RevocationOrder): string {
  mkdirSync(inbox, { recursive: true, mode: 0o700 });
  const file = join(inbox, `${randomUUID()}.json`);
  writeFileSync(`${file}.new`, JSON.stringify(order), { flag: 'wx', mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return file;
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
