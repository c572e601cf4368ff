import { type Every, every as repeat } from '../shared/every.ts';
import type { Measures } from '../shared/measures.ts';
import { type LogRecord, type Store, StoreConflict } from '../store/port.ts';
import { auditTerms } from './audit-terms.ts';
import { chainedText, GENESIS } from './chain-hash.ts';
import { checkpointWriter } from './checkpoint-writer.ts';
import type { CheckpointPlace } from './checkpoint-place.ts';
import {
  AUDIT_LOG_PREFIX,
  type AuditLog,
  type AuditRecord,
  AuditUnavailable,
  chainedRecordSchema,
  type RequestRecord,
  requestRecordSchema,
  type Spool,
} from './port.ts';
import type { AuditKey } from './signing-key.ts';

export interface AuditLogOptions {
  readonly store: Store;
  /** Name of the chain; no other process writes it. */
  readonly writer: string;
  readonly place: CheckpointPlace;
  readonly signingKey: AuditKey;
  readonly spool: Spool;
  readonly log: { error(entry: object, message: string): void; warn(entry: object, message: string): void };
  readonly clock?: () => number;
  /** Runs a task again and again until the answer is called. */
  readonly every?: Every;
}

/** The log, and how it stands. */
export interface OpenedAuditLog extends AuditLog {
  readonly measures: Measures;
}

interface Pending {
  readonly record: AuditRecord;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Head {
  readonly sequence: number;
  readonly hash: string;
}

const SPOOLED = 'REQUEST';
const TICK_MS = 1_000;

/**
 * The audit log over a store: one chain a writer. Records that arrive in one turn of the loop are chained and made
 * durable in one step (group commit). Signed checkpoints of all chains go to another place, at least every second or
 * every 1,000 records. Order is by sequence; a clock that goes back changes nothing but what `at` says (case 72).
 */
export async function openAuditLog(options: AuditLogOptions): Promise<OpenedAuditLog> {
  const { store, writer, spool, log, clock = Date.now, every = repeat } = options;
  const chain = AUDIT_LOG_PREFIX + writer;
  const checkpoints = await checkpointWriter({ ...options, clock });
  let head: Head | null = null;
  let waiting: Pending[] = [];
  let flushing: Promise<void> | null = null;
  /** An append of this process ended without an answer of the store: it may still be carried out, until another one is. */
  let inDoubt = false;

  /** Appends what waits, again and again until nothing does. One at a time. */
  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      await company(() => waiting.length);
      const batch = waiting;
      waiting = [];
      try {
        await appendBatch(batch.map(({ record }) => record));
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        for (const { reject } of batch) reject(new AuditUnavailable(cause));
      }
    }
    flushing = null;
  }

  async function appendBatch(records: readonly AuditRecord[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const before = head ?? (await headOf(store, chain));
      const fresh = head === null ? await withoutKnown(store, chain, records) : records;
      const { entries, head: after } = chainedAfter(before, fresh);
      // Until the store has answered nobody knows where the chain ends.
      head = null;
      try {
        if (entries.length > 0) {
          await store.append(chain, entries, { after: before.sequence });
          inDoubt = false;
        }
        head = after;
        checkpoints.grown(entries.length);
        return;
      } catch (error) {
        inDoubt ||= !(error instanceof StoreConflict);
        // An id that is there, what was in doubt a moment ago, or somebody else under this name: look again, once.
        if (!(error instanceof StoreConflict) || attempt > 1) throw error;
        if (error.reason === 'VERSION' && !inDoubt)
          log.warn({ writer }, 'another process writes this audit chain; give each its own AUDIT_WRITER');
      }
    }
  }

  const append = (record: AuditRecord) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ record, resolve, reject });
      flushing ??= flush();
    });

  /** In order; what the store still does not take stays for the next time. */
  async function replay(): Promise<void> {
    for (const { id, data, at } of spool.pending(SPOOLED)) {
      if (replaying.has(id)) continue;
      replaying.add(id);
      try {
        await append({ ...requestRecordSchema.parse(data), spooledAt: at });
        await spool.done(id);
      } catch {
        return;
      } finally {
        replaying.delete(id);
      }
    }
  }
  /** Also those that are on their first way into the chain. */
  const replaying = new Set<string>();

  await replay();
  const stop = every(TICK_MS, () => {
    void replay();
    void checkpoints.write();
  });

  return {
    append,
    measures: async () => [
      { name: 'xinqiao_audit_unanchored_seconds', value: checkpoints.unanchoredSeconds() },
      { name: 'xinqiao_audit_waiting_records', value: waiting.length },
      { name: 'xinqiao_audit_spooled_records', value: spool.pending(SPOOLED).length },
    ],
    appendThroughSpool: async (record: RequestRecord) => {
      const { id } = record;
      replaying.add(id);
      try {
        const spooled = await spool.write({ kind: SPOOLED, id, data: { ...record } }).then(
          () => true,
          (cause: unknown) => {
            log.error({ cause }, 'the audit spool takes no records');
            return false;
          },
        );
        try {
          await append(record);
        } catch (error) {
          if (!spooled) throw error;
          log.warn(
            { record: id, at: new Date(clock()).toISOString() },
            'an emergency is on the audit spool: the store takes no records',
          );
          return;
        }
        if (spooled) await spool.done(id);
      } finally {
        replaying.delete(id);
      }
    },
    close: async () => {
      stop();
      await flushing;
      await replay();
      await checkpoints.write();
    },
  };
}

const QUIET_TURNS = 2;
const LONGEST_WAIT_MS = 3;

/**
 * Waits as long as turns of the event loop bring more records, for they share a wait for the disk: until some turns bring
 * none, which is at once where nobody else is at work, and for milliseconds at most.
 */
async function company(count: () => number): Promise<void> {
  const until = performance.now() + LONGEST_WAIT_MS;
  let before = count();
  for (let quiet = 0; quiet < QUIET_TURNS && performance.now() < until;) {
    await new Promise((resolve) => setImmediate(resolve));
    quiet = count() > before ? 0 : quiet + 1;
    before = count();
  }
}

async function headOf(store: Store, chain: string): Promise<Head> {
  const last = await store.lastOfLog(chain);
  if (last === null) return { sequence: 0, hash: GENESIS };
  return { sequence: last.sequence, hash: chainedRecordSchema.parse(last.data).hash };
}

/** After a step that may or may not have happened, and for what is replayed: a record is in its chain once. */
async function withoutKnown(
  store: Store,
  chain: string,
  records: readonly AuditRecord[],
): Promise<readonly AuditRecord[]> {
  const known = await Promise.all(records.map(async ({ id }) => (await store.entryOfLog(chain, id)) !== null));
  const ids = new Set<string>();
  return records.filter(({ id }, i) => {
    const fresh = known[i] !== true && !ids.has(id);
    ids.add(id);
    return fresh;
  });
}

/** What the store gets for these records, and where the chain ends with them. */
function chainedAfter(
  { sequence, hash }: Head,
  records: readonly AuditRecord[],
): { readonly entries: readonly LogRecord[]; readonly head: Head } {
  const head = { sequence, hash };
  const entries = records.map((record) => {
    head.sequence += 1;
    const { text, hash: own } = chainedText({ sequence: head.sequence, previous: head.hash, record });
    head.hash = own;
    return { id: record.id, text, ...auditTerms(record) };
  });
  return { entries, head };
}
