import type { Anchor, ChainReport, SignedCourse } from './verify-chain.ts';

/**
 * What the checkpoints of one chain say against each other, whatever the store says now: two that sign different records
 * at one number, or one that signs an earlier end than the one before it at its place. A chain only grows; `null` = so
 * did this one. `courses`: of each place.
 */
export function contradictionOf(courses: readonly SignedCourse[]): ChainReport['problem'] {
  return signedTwice(courses) ?? courses.map(({ heads }) => shrunk(heads)).find((problem) => problem !== null) ?? null;
}

function signedTwice(courses: readonly SignedCourse[]): ChainReport['problem'] {
  const signed = new Map<number, Anchor>();
  for (const anchor of courses.flatMap(({ heads, retired }) => [...heads, ...retired])) {
    const before = signed.get(anchor.sequence) ?? anchor;
    if (before.hash !== anchor.hash)
      return bad(
        anchor.sequence,
        `${before.checkpoint} and ${anchor.checkpoint} sign different records of this number`,
      );
    signed.set(anchor.sequence, before);
  }
  return null;
}

function shrunk(heads: readonly Anchor[]): ChainReport['problem'] {
  const back = heads.findIndex(({ sequence }, i) => sequence < (heads[i - 1]?.sequence ?? 0));
  const [higher, lower] = [heads[back - 1], heads[back]];
  if (higher === undefined || lower === undefined) return null;
  return bad(
    lower.sequence + 1,
    `${higher.checkpoint} signed records up to ${higher.sequence}, ${lower.checkpoint} after it ends before: records were taken away`,
  );
}

function bad(sequence: number, what: string): ChainReport['problem'] {
  return { sequence, id: null, what };
}
