import type { LogEntry, Store } from '../../store/port.ts';

/** The head of a chain as a checkpoint signed it. */
export interface Anchor {
  readonly sequence: number;
  readonly hash: string;
  /** Number of the checkpoint. */
  readonly checkpoint: number;
}

/** The chain begins behind this record: what came before was retired, and a checkpoint signed that. */
export type Retired = Pick<Anchor, 'sequence' | 'hash'>;

export interface ChainReport {
  readonly log: string;
  /** Records that were read and found sound. */
  readonly records: number;
  /** Records up to here are as the last checkpoint signed them; 0 = none. */
  readonly anchoredTo: number;
  /** Sound, but behind the last checkpoint: whoever holds the store could still have changed them. */
  readonly tail: readonly { readonly sequence: number; readonly id: string }[];
  /** The first bad record of the chain and what is wrong with it; `null` = none. */
  readonly problem: { readonly sequence: number; readonly id: string | null; readonly what: string } | null;
}

interface VerifyOptions {
  /** All of this chain, oldest checkpoint first. */
  readonly anchors: readonly Anchor[];
  readonly retired: Retired | null;
  readonly bearsItsHash: (chained: Readonly<Record<string, unknown>>) => boolean;
  readonly genesis: string;
  readonly progress?: (records: number) => void;
}

const BATCH = 1_000;
const MAX_TAIL_SHOWN = 1_000;

/**
 * Reads one chain from its beginning and compares it with what checkpoints outside of the store signed. Finds a changed,
 * removed, inserted or moved record, a chain that was cut, and one that was calculated anew.
 */
export async function verifyChain(store: Store, log: string, options: VerifyOptions): Promise<ChainReport> {
  const { anchors, retired, genesis, progress } = options;
  const signed = new Map(anchors.map((anchor) => [anchor.sequence, anchor]));
  const last = anchors.reduce((most, { sequence }) => Math.max(most, sequence), 0);
  let at: Link = { sequence: retired?.sequence ?? 0, hash: retired?.hash ?? genesis };
  let trusted = at.sequence;
  const start = at.sequence;
  const tail: { sequence: number; id: string }[] = [];
  const report = (problem: ChainReport['problem']): ChainReport => ({
    log,
    records: at.sequence - start,
    anchoredTo: trusted,
    tail: problem === null ? tail : [],
    problem,
  });
  for (;;) {
    const entries = await store.readLog(log, { after: at.sequence, first: BATCH });
    for (const entry of entries) {
      const what = wrongWith(entry, at, options);
      if (what !== null) return report({ sequence: entry.sequence, id: entry.id, what });
      at = { sequence: entry.sequence, hash: hashIn(entry) };
      const anchor = signed.get(at.sequence);
      if (anchor !== undefined && anchor.hash !== at.hash) return report(recalculated(trusted, anchor));
      if (anchor !== undefined) trusted = at.sequence;
      if (at.sequence > last && tail.length < MAX_TAIL_SHOWN) tail.push({ sequence: at.sequence, id: entry.id });
    }
    progress?.(at.sequence - start);
    if (entries.length < BATCH) break;
  }
  const missing = anchors.find(({ sequence }) => sequence > at.sequence);
  return report(missing === undefined ? null : cutOff(at.sequence, missing));
}

interface Link {
  readonly sequence: number;
  readonly hash: string;
}

function wrongWith({ sequence, id, data }: LogEntry, before: Link, { bearsItsHash }: VerifyOptions): string | null {
  if (sequence !== before.sequence + 1)
    return `record ${before.sequence + 1}${sequence > before.sequence + 2 ? ` to ${sequence - 1}` : ''} before it is missing`;
  const chained = asObject(data);
  const record = asObject(chained.record);
  if (chained.sequence !== sequence) return `it says that it is number ${String(chained.sequence)}: moved or inserted`;
  if (record.id !== id) return 'it bears the id of another record: moved or inserted';
  if (chained.previous !== before.hash) return 'it does not follow the record before it: moved, inserted or changed';
  return bearsItsHash(chained) ? null : 'its content was changed: its hash is another';
}

function recalculated(trusted: number, { sequence, checkpoint }: Anchor): ChainReport['problem'] {
  return {
    sequence: trusted + 1,
    id: null,
    what: `the chain was calculated anew somewhere from here to record ${sequence}: it is not what checkpoint ${checkpoint} signed`,
  };
}

function cutOff(end: number, { sequence, checkpoint }: Anchor): ChainReport['problem'] {
  return {
    sequence: end + 1,
    id: null,
    what: `it is gone, with all records up to ${sequence} that checkpoint ${checkpoint} signed: the chain was cut`,
  };
}

function hashIn({ data }: LogEntry): string {
  return String(asObject(data).hash);
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
