import type { KeyObject } from 'node:crypto';
import type { Store } from '../../store/port.ts';
import { type ChainHead, type Checkpoint, wrongWithCheckpoints } from '../checkpoint.ts';
import type { KeptCheckpoints } from '../checkpoint-place.ts';
import { AUDIT_LOG_PREFIX } from '../port.ts';
import { contradictionOf } from './contradiction-of.ts';
import { printable } from './printable.ts';
import { type Anchor, type ChainReport, type SignedCourse, verifyChain } from './verify-chain.ts';

export interface AuditReport {
  /** Why nothing could be verified, or what is wrong with the checkpoints themselves; `null` = they are sound. */
  readonly checkpoints: string | null;
  /** Where in their place something stands that is no checkpoint. */
  readonly unreadable: readonly string[];
  /** Where a crash cut one off: it was never acknowledged. */
  readonly cutOff: readonly string[];
  readonly chains: readonly ChainReport[];
}

/** Compares all chains of a store with the checkpoints of another place. */
export async function verifyAudit(
  store: Store,
  {
    checkpoints: { checkpoints, unreadable, cutOff },
    keys,
    progress,
  }: {
    checkpoints: KeptCheckpoints;
    keys: ReadonlyMap<string, KeyObject>;
    progress?: (log: string, records: number) => void;
  },
): Promise<AuditReport> {
  const wrong =
    checkpoints.length === 0
      ? 'there is no checkpoint at that place: nothing can be verified'
      : wrongWithCheckpoints(checkpoints, keys);
  if (wrong !== null) return { checkpoints: wrong, unreadable, cutOff, chains: [] };
  const courses = coursesOf(checkpoints);
  // Also those that are in the store no more, or that a later checkpoint does not know.
  const logs = new Set([...(await store.logs(AUDIT_LOG_PREFIX)), ...courses.keys()]);
  const chains: ChainReport[] = [];
  for (const log of [...logs].toSorted()) {
    const course = courses.get(log) ?? { heads: [], retired: [] };
    const report = await verifyChain(store, log, { ...course, progress: (records) => progress?.(log, records) });
    chains.push(report.problem === null ? contradicted(report, course) : report);
  }
  return { checkpoints: null, unreadable, cutOff, chains };
}

/** What the checkpoints sign of each chain. */
function coursesOf(checkpoints: readonly Checkpoint[]): ReadonlyMap<string, SignedCourse> {
  const courses = new Map<string, { heads: Anchor[]; retired: Anchor[] }>();
  const add = (kind: keyof SignedCourse, checkpoint: number, { log, sequence, hash }: ChainHead) => {
    const course = courses.get(log) ?? { heads: [], retired: [] };
    course[kind].push({ sequence, hash, checkpoint });
    courses.set(log, course);
  };
  for (const { n, heads, retired } of checkpoints) {
    for (const head of heads) add('heads', n, head);
    for (const head of retired) add('retired', n, head);
  }
  return courses;
}

function contradicted(report: ChainReport, course: SignedCourse): ChainReport {
  const problem = contradictionOf(course);
  if (problem === null) return report;
  return { ...report, anchoredTo: Math.min(report.anchoredTo, problem.sequence - 1), tail: [], problem };
}

export function isSound({ checkpoints, unreadable, chains }: AuditReport): boolean {
  return checkpoints === null && unreadable.length === 0 && chains.every(({ problem }) => problem === null);
}

const TAIL_SHOWN = 10;

/** The report in lines for people. */
export function reportLines({ checkpoints, unreadable, cutOff, chains }: AuditReport): readonly string[] {
  return [
    ...unreadable.map((where) => `BAD  checkpoints, ${where}: it cannot be read as a checkpoint: changed or damaged`),
    ...cutOff.map((where) => `     checkpoints, ${where}: cut off while it was written; it counts for nothing`),
    ...(checkpoints === null ? [] : [`NOT VERIFIED: ${checkpoints}`]),
    ...chains.flatMap(chainLines),
  ].map(printable);
}

function chainLines({ log, records, anchoredTo, tail, problem }: ChainReport): readonly string[] {
  if (problem !== null)
    return [
      `BAD  ${log} ${problem.sequence}${problem.id === null ? '' : ` (id ${problem.id})`}: ${problem.what}`,
      `     sound up to record ${anchoredTo}, as a checkpoint signed it`,
    ];
  const shown = tail
    .slice(0, TAIL_SHOWN)
    .map(({ sequence, id }) => `     not yet anchored: ${log} ${sequence} (id ${id})`);
  const more = tail.length > TAIL_SHOWN ? [`     … and ${tail.length - TAIL_SHOWN} more`] : [];
  return [`ok   ${log}: ${records} records, anchored up to ${anchoredTo}`, ...shown, ...more];
}
