import type { KeptEntry, Store } from '../../store/port.ts';
import { auditTerms } from '../audit-terms.ts';
import { bearsItsHash, GENESIS } from '../chain-hash.ts';
import type { AuditRecord } from '../port.ts';

/** A record of a chain as a checkpoint signed it: the head that the chain then had, or the last one that was retired. */
export interface Anchor {
  readonly sequence: number;
  readonly hash: string;
  /** Which checkpoint, in words: `checkpoint 3`, of several places `checkpoint 3 of place 2`. */
  readonly checkpoint: string;
}

/** What all checkpoints of one place, or of several after each other, sign of one chain; of a place oldest first. */
export interface SignedCourse {
  readonly heads: readonly Anchor[];
  /** The chain may begin behind each of these: what came before was retired. */
  readonly retired: readonly Anchor[];
}

export interface ChainReport {
  readonly log: string;
  /** Records that were read and found sound. */
  readonly records: number;
  /** Records up to here are as every checkpoint signed them; 0 = none. */
  readonly anchoredTo: number;
  /** Sound, but behind the last checkpoint: whoever holds the store could still have changed them. */
  readonly tail: readonly { readonly sequence: number; readonly id: string }[];
  /** The first bad record of the chain and what is wrong with it; `null` = none. */
  readonly problem: { readonly sequence: number; readonly id: string | null; readonly what: string } | null;
}

const BATCH = 1_000;
const MAX_TAIL_SHOWN = 1_000;

/**
 * Reads one chain from its beginning and compares it with all that checkpoints outside of the store signed of it, and what
 * its records are found by with the records themselves. Finds a changed, removed, inserted or moved record, a chain that
 * was cut, one that was calculated anew, also with a checkpoint of its own, and a record that its index hides.
 */
export async function verifyChain(
  store: Store,
  log: string,
  { heads, retired, progress }: SignedCourse & { readonly progress?: (records: number) => void },
): Promise<ChainReport> {
  const signed = [...heads, ...retired];
  const signedAt = Map.groupBy(signed, ({ sequence }) => sequence);
  const last = signed.reduce((most, { sequence }) => Math.max(most, sequence), 0);
  const start = await startOf(store, log, retired);
  let at = start;
  let trusted = start.sequence;
  const tail: { sequence: number; id: string }[] = [];
  const report = (problem: ChainReport['problem']): ChainReport => ({
    log,
    records: at.sequence - start.sequence,
    anchoredTo: trusted,
    tail: problem === null ? tail : [],
    problem,
  });
  for (;;) {
    const entries = await store.examineLog(log, { after: at.sequence, first: BATCH });
    for (const entry of entries) {
      const found = linkedTo(at, entry);
      if (typeof found === 'string') return report({ sequence: entry.sequence, id: entry.id, what: found });
      at = found;
      const anchors = signedAt.get(at.sequence) ?? [];
      const other = anchors.find(({ hash }) => hash !== found.hash);
      if (other !== undefined) return report(recalculated(trusted, other));
      if (anchors.length > 0) trusted = at.sequence;
      if (at.sequence > last && tail.length < MAX_TAIL_SHOWN) tail.push({ sequence: at.sequence, id: entry.id });
    }
    progress?.(at.sequence - start.sequence);
    if (entries.length < BATCH) break;
  }
  const missing = heads.find(({ sequence }) => sequence > at.sequence);
  return report(missing === undefined ? null : cutOff(at.sequence, missing));
}

interface Link {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Where the chain begins: behind the last retired record. Records that a retirement still left in the store, or that
 * somebody put there, are read as well: from behind the retirement before it.
 */
async function startOf(store: Store, log: string, retired: readonly Anchor[]): Promise<Link> {
  const [first] = await store.examineLog(log, { first: 1 });
  const genesis = { sequence: 0, hash: GENESIS };
  return (
    retired
      .toSorted((a, b) => a.sequence - b.sequence)
      .findLast(({ sequence }) => first === undefined || sequence < first.sequence) ?? genesis
  );
}

/** The record as a link behind the one before, or in words why it is none. */
function linkedTo(before: Link, { sequence, id, text, at, terms }: KeptEntry): Link | string {
  if (sequence !== before.sequence + 1)
    return `record ${before.sequence + 1}${sequence > before.sequence + 2 ? ` to ${sequence - 1}` : ''} before it is missing`;
  const chained = objectIn(text);
  if (chained === null) return 'it cannot be read: its text is no JSON object any more';
  const { hash, previous, record } = chained;
  if (chained.sequence !== sequence) return `it says that it is number ${String(chained.sequence)}: moved or inserted`;
  if (!isRecord(record) || record.id !== id) return 'it bears the id of another record: moved or inserted';
  if (previous !== before.hash) return 'it does not follow the record before it: moved, inserted or changed';
  if (!bearsItsHash(text, chained)) return 'its text was changed: it is not the one that bears its hash';
  return wrongIndex(record, { at, terms }) ?? { sequence, hash: String(hash) };
}

/** Queries and reports go by the index: what it hides, or shows under a wrong name, is as good as changed. */
function wrongIndex(record: AuditRecord, { at, terms }: Pick<KeptEntry, 'at' | 'terms'>): string | null {
  const due = indexOf(record);
  if (due === null) return 'it is no audit record';
  if (at !== due.at) return 'its index was changed: it is found at another instant than its own';
  const wanted = new Set(due.terms);
  const missing = wanted.difference(new Set(terms));
  const [hidden] = missing;
  if (hidden !== undefined) return `its index was changed: it is no longer found by ${hidden}`;
  const [wrong] = new Set(terms).difference(wanted);
  return wrong === undefined ? null : `its index was changed: it is found by ${wrong}, which it does not name`;
}

function indexOf(record: AuditRecord): ReturnType<typeof auditTerms> | null {
  try {
    return auditTerms(record);
  } catch {
    return null;
  }
}

function recalculated(trusted: number, { sequence, checkpoint }: Anchor): ChainReport['problem'] {
  return {
    sequence: trusted + 1,
    id: null,
    what: `the chain was calculated anew somewhere from here to record ${sequence}: it is not what ${checkpoint} signed`,
  };
}

function cutOff(end: number, { sequence, checkpoint }: Anchor): ChainReport['problem'] {
  return {
    sequence: end + 1,
    id: null,
    what: `it is gone, with all records up to ${sequence} that ${checkpoint} signed: the chain was cut`,
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

/** No schema: a million records are read, and their hash says that they are as they were written. */
function isRecord(value: unknown): value is AuditRecord {
  return typeof value === 'object' && value !== null && 'id' in value;
}
