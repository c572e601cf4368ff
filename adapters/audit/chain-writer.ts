import { type LogRecord, type Store, StoreConflict } from '../store/port.ts';
import { auditTerms } from './audit-terms.ts';
import { chainedText, GENESIS } from './chain-hash.ts';
import { type AuditRecord, AuditUnavailable, chainedRecordSchema } from './port.ts';

/** One chain of the audit log, as this process writes it. */
export interface ChainWriter {
  /** Resolves when the record is durable in its chain, once, also if it was there before. Throws `AuditUnavailable`. */
  append(record: AuditRecord): Promise<void>;
  /** Records that are not durable yet. */
  waiting(): number;
  /** When nothing is under way. */
  idle(): Promise<void>;
}

export interface ChainWriterOptions {
  readonly store: Store;
  readonly chain: string;
  /** Told of what was added. */
  readonly grown: (records: number) => void;
  /** How often a place behind the end is looked for before it is given up: more often where others write the chain too. */
  readonly attempts: number;
  /** Another process was there first, and this one has nothing under way that could have been it; what it waits for before it looks again. */
  readonly overtaken: (attempt: number) => Promise<void>;
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

/**
 * Records that arrive in one turn of the loop are chained and made durable in one step (group commit). The store takes
 * an append only behind the end that its writer knows, and an id once a log: so of all who write a chain one at a time
 * adds to it, and a record that comes from two of them is in it once.
 */
export function chainWriter({ store, chain, grown, attempts, overtaken }: ChainWriterOptions): ChainWriter {
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
    for (let attempt = 1, perhapsThere = head === null; ; attempt += 1) {
      const before = head ?? (await headOf(store, chain));
      const fresh = perhapsThere ? await withoutKnown(store, chain, records) : records;
      const { entries, head: after } = chainedAfter(before, fresh);
      // Until the store has answered nobody knows where the chain ends.
      head = null;
      try {
        if (entries.length > 0) {
          await store.append(chain, entries, { after: before.sequence });
          inDoubt = false;
        }
        head = after;
        grown(entries.length);
        return;
      } catch (error) {
        inDoubt ||= !(error instanceof StoreConflict);
        // An id that is there, what was in doubt a moment ago, or somebody else: look again.
        if (!(error instanceof StoreConflict) || attempt >= attempts) throw error;
        perhapsThere = inDoubt || error.reason === 'KEY';
        if (error.reason === 'VERSION' && !inDoubt) await overtaken(attempt);
      }
    }
  }

  return {
    append: async (record) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ record, resolve, reject });
        flushing ??= flush();
      }),
    waiting: () => waiting.length,
    idle: async () => {
      await flushing;
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
