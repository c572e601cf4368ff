import { setTimeout as pause } from 'node:timers/promises';
import { type Every, every as repeat } from '../shared/every.ts';
import type { Measures } from '../shared/measures.ts';
import type { Store } from '../store/port.ts';
import { chainWriter, type ChainWriterOptions } from './chain-writer.ts';
import { checkpointWriter } from './checkpoint-writer.ts';
import type { CheckpointPlace } from './checkpoint-place.ts';
import {
  AUDIT_LOG_PREFIX,
  type AuditLog,
  type AuditRecord,
  CHANGES_WRITER,
  type RequestRecord,
  requestRecordSchema,
  type Spool,
} from './port.ts';
import type { AuditKey } from './signing-key.ts';

export interface AuditLogOptions {
  readonly store: Store;
  /** Name of the chain of requests; no other process writes it. */
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

const SPOOLED = 'REQUEST';
/** Each time one of the others was first, so that there is an end to it; what is not moved now is moved in a second. */
const ATTEMPTS_AMONG_OTHERS = 20;
/** Those who were overtaken together do not come again together. */
const STEP_BACK_MS = 5;
const TICK_MS = 1_000;

/**
 * The audit log over a store: one chain a writer, and one that all of them write, of changes: their records are moved by
 * whoever comes to it, perhaps by two, and only in one chain the store keeps an id single
 * (docs/decisions/one-chain-of-changes.md). Signed checkpoints of all chains go to another place, at least every second
 * or every 1,000 records. Order is by sequence; a clock that goes back changes nothing but what `at` says (case 72).
 */
export async function openAuditLog(options: AuditLogOptions): Promise<OpenedAuditLog> {
  const { store, writer, spool, log, clock = Date.now, every = repeat } = options;
  const checkpoints = await checkpointWriter({ ...options, clock });
  const chain = (name: string, others: Pick<ChainWriterOptions, 'attempts' | 'overtaken'>) =>
    chainWriter({ store, chain: AUDIT_LOG_PREFIX + name, grown: (records) => checkpoints.grown(records), ...others });
  const own = chain(writer, {
    attempts: 2,
    overtaken: async () =>
      log.warn({ writer }, 'another process writes this audit chain; give each its own AUDIT_WRITER'),
  });
  const changes = chain(CHANGES_WRITER, {
    attempts: ATTEMPTS_AMONG_OTHERS,
    overtaken: async (attempt) => pause(Math.random() * attempt * STEP_BACK_MS),
  });
  const append = async (record: AuditRecord) => (record.kind === 'CHANGE' ? changes : own).append(record);

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
      { name: 'xinqiao_audit_waiting_records', value: own.waiting() + changes.waiting() },
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
      await Promise.all([own.idle(), changes.idle()]);
      await replay();
      await checkpoints.write();
    },
  };
}
