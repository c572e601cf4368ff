import { certificateProblem } from '../shared/certificate-problem.ts';
import { oneAtATime } from '../shared/one-at-a-time.ts';
import type { Store } from '../store/port.ts';
import { type ChainHead, type Checkpoint, signCheckpoint } from './checkpoint.ts';
import { type CheckpointPlace, CheckpointPlaceFault } from './checkpoint-place.ts';
import { AUDIT_LOG_PREFIX, chainedRecordSchema } from './port.ts';
import type { AuditKey } from './signing-key.ts';

const AT_LEAST_EVERY_RECORDS = 1_000;

/** Signs where the chains stand and puts it elsewhere; an append never waits for it. */
export interface CheckpointWriter {
  /** This process has added so many records, to whichever chain. */
  grown(records: number): void;
  /** Writes a checkpoint if anything is new. Never throws: a place that fails is logged, and tried again with the next. */
  write(): Promise<void>;
  /** Age of the oldest record of this process that no checkpoint covers; 0 = there is none. */
  unanchoredSeconds(): number;
}

interface CheckpointWriterOptions {
  readonly store: Store;
  readonly place: CheckpointPlace;
  readonly signingKey: AuditKey;
  readonly log: { error(entry: object, message: string): void };
  readonly clock: () => number;
}

export async function checkpointWriter(options: CheckpointWriterOptions): Promise<CheckpointWriter> {
  const { store, place, signingKey, log, clock } = options;
  let last: Checkpoint | null | undefined;
  let since = 0;
  let unanchoredSince: number | null = null;

  async function writeNow(): Promise<void> {
    const grownBy = since;
    const began = performance.now();
    const anchored = () => {
      since -= grownBy;
      unanchoredSince = since > 0 ? began : null;
    };
    try {
      // The place is read once: later it is only added to.
      last ??= (await place.readAll()).checkpoints.at(-1) ?? null;
      const heads = await headsOf(store);
      if (heads.length === 0 || (last !== null && sameHeads(last.heads, heads))) return anchored();
      // A signed head that a power cut takes from the log would look like a log that was cut by hand.
      await store.durable();
      const at = new Date(clock()).toISOString();
      const checkpoint = signCheckpoint(last, { at, heads, retired: last?.retired ?? [] }, signingKey);
      await place.write(checkpoint);
      last = checkpoint;
      anchored();
    } catch (error) {
      // What the place now holds is not known: read it again before the next.
      last = undefined;
      unanchoredSince ??= began;
      log.error({ cause: error, problem: problemOf(error) }, 'checkpoint of the audit log not written');
    }
  }

  const write = oneAtATime(writeNow);
  // What an earlier process left unanchored.
  await write();
  return {
    grown: (records) => {
      since += records;
      if (records > 0) unanchoredSince ??= performance.now();
      if (since >= AT_LEAST_EVERY_RECORDS) void write();
    },
    write,
    unanchoredSeconds: () => (unanchoredSince === null ? 0 : (performance.now() - unanchoredSince) / 1_000),
  };
}

/** In words that may be logged. */
const problemOf = (error: unknown): string | undefined =>
  error instanceof CheckpointPlaceFault
    ? error.message
    : (certificateProblem(error, 'the place of the checkpoints') ?? undefined);

/** Where all chains of the store stand. */
export async function headsOf(store: Store): Promise<readonly ChainHead[]> {
  const logs = await store.logs(AUDIT_LOG_PREFIX);
  const last = await Promise.all(logs.map((log) => store.lastOfLog(log)));
  return logs.flatMap((log, i) => {
    const entry = last[i];
    if (entry === null || entry === undefined) return [];
    return [{ log, sequence: entry.sequence, hash: chainedRecordSchema.parse(entry.data).hash }];
  });
}

function sameHeads(a: readonly ChainHead[], b: readonly ChainHead[]): boolean {
  const same = ({ log, sequence, hash }: ChainHead, other: ChainHead | undefined) =>
    log === other?.log && sequence === other.sequence && hash === other.hash;
  return a.length === b.length && a.every((head, i) => same(head, b[i]));
}
