import { type ChangeRelay, changeRelay } from '../adapters/audit/change-relay.ts';
import { openAuditLog, type OpenedAuditLog } from '../adapters/audit/open-audit-log.ts';
import type { Spool } from '../adapters/audit/port.ts';
import { openSpool } from '../adapters/audit/spool.ts';
import { openStore } from '../adapters/store/open-store.ts';
import type { Store } from '../adapters/store/port.ts';
import { followKeys } from '../adapters/vault/follow-keys.ts';
import { readKeys } from '../adapters/vault/key-source.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import type { Vault } from '../adapters/vault/port.ts';
import type { Log } from '../subgraphs/shared/log.ts';
import { followRevocations } from './authentication/revocations/follow-revocations.ts';
import { inboxOf } from './authentication/revocations/inbox.ts';
import type { HubConfiguration } from './hub-configuration.ts';

/** What is the hub's own: its store, the vault over it, the audit log and what feeds it. */
export interface OwnParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly spool: Spool;
  readonly auditLog: OpenedAuditLog;
  readonly relay: ChangeRelay;
  readonly revocations: Awaited<ReturnType<typeof followRevocations>>;
  /** Moves the last records on, signs the last checkpoint, closes the store. */
  close(): Promise<void>;
}

/** Opens them in the order in which they need each other; if one fails, those before it are closed again. */
export async function openOwnParts(
  { settings, keySource }: HubConfiguration,
  { log }: { log: Log },
): Promise<OwnParts> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const part of opened.toReversed()) await part.close();
  };
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    opened.push(part);
    return part;
  };
  try {
    const store = keep(await openStore(settings, { answersRequests: true, log }));
    const revocations = keep(await followRevocations({ store, inbox: inboxOf(settings.STORE_URL), log }));
    const vault = openVault({ store, ring: await readKeys(keySource) });
    keep(followKeys(vault, { source: keySource, log }));
    const spool = keep(openSpool(settings.AUDIT_SPOOL));
    const { AUDIT_WRITER: writer, AUDIT_CHECKPOINTS: place, AUDIT_SIGNING_KEY: signingKey } = settings;
    const auditLog = keep(await openAuditLog({ store, writer, place, signingKey, spool, log }));
    const relay = keep(changeRelay({ store, auditLog, log }));
    // What a process before this one changed and did not come to record.
    await relay.run();
    return { store, vault, spool, auditLog, relay, revocations, close };
  } catch (error) {
    await close();
    throw error;
  }
}
