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
  /** Where something stands that is no checkpoint; of several places with the number of its place. */
  readonly unreadable: readonly string[];
  /** Where a crash cut one off: it was never acknowledged. */
  readonly cutOff: readonly string[];
  readonly chains: readonly ChainReport[];
}

/** Compares all chains of a store with the checkpoints of other places; each gateway has its own, of all chains. */
export async function verifyAudit(
  store: Store,
  {
    places,
    keys,
    progress,
  }: {
    /** At least one. */
    places: readonly KeptCheckpoints[];
    keys: ReadonlyMap<string, KeyObject>;
    progress?: (log: string, records: number) => void;
  },
): Promise<AuditReport> {
  const named = (text: string, i: number, join: string) =>
    places.length === 1 ? text : `place ${i + 1}${join}${text}`;
  const unreadable = places.flatMap((place, i) => place.unreadable.map((where) => named(where, i, ', ')));
  const cutOff = places.flatMap((place, i) => place.cutOff.map((where) => named(where, i, ', ')));
  for (const [i, { checkpoints }] of places.entries()) {
    const wrong =
      checkpoints.length === 0
        ? 'there is no checkpoint at that place: nothing can be verified'
        : wrongWithCheckpoints(checkpoints, keys);
    if (wrong !== null) return { checkpoints: named(wrong, i, ': '), unreadable, cutOff, chains: [] };
  }
  const signed = places.map(({ checkpoints }, i) =>
    coursesOf(checkpoints, (n) => `checkpoint ${n}${places.length === 1 ? '' : ` of place ${i + 1}`}`),
  );
  // Also those that are in the store no more, or that a later checkpoint does not know.
  const logs = new Set([...(await store.logs(AUDIT_LOG_PREFIX)), ...signed.flatMap((courses) => [...courses.keys()])]);
  const chains: ChainReport[] = [];
  for (const log of [...logs].toSorted()) {
    const courses = signed.flatMap((of) => of.get(log) ?? []);
    const report = await verifyChain(store, log, {
      heads: courses.flatMap(({ heads }) => heads),
      retired: courses.flatMap(({ retired }) => retired),
      progress: (records) => progress?.(log, records),
    });
    chains.push(report.problem === null ? contradicted(report, courses) : report);
  }
  return { checkpoints: null, unreadable, cutOff, chains };
}

/** What the checkpoints of a place sign of each chain. */
function coursesOf(
  checkpoints: readonly Checkpoint[],
  nameOf: (n: number) => string,
): ReadonlyMap<string, SignedCourse> {
  const courses = new Map<string, { heads: Anchor[]; retired: Anchor[] }>();
  const add = (kind: keyof SignedCourse, checkpoint: string, { log, sequence, hash }: ChainHead) => {
    const course = courses.get(log) ?? { heads: [], retired: [] };
    course[kind].push({ sequence, hash, checkpoint });
    courses.set(log, course);
  };
  for (const { n, heads, retired } of checkpoints) {
    const name = nameOf(n);
    for (const head of heads) add('heads', name, head);
    for (const head of retired) add('retired', name, head);
  }
  return courses;
}

function contradicted(report: ChainReport, courses: readonly SignedCourse[]): ChainReport {
  const problem = contradictionOf(courses);
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
