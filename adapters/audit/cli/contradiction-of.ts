import type { ChainReport, SignedCourse } from './verify-chain.ts';

/**
 * What the checkpoints of one chain say against each other, whatever the store says now: two that sign different records
 * at one number, or one that signs an earlier end than the one before it. A chain only grows; `null` = so did this one.
 */
export function contradictionOf({ heads, retired }: SignedCourse): ChainReport['problem'] {
  const signed = new Map<number, { readonly hash: string; readonly checkpoint: number }>();
  for (const { sequence, hash, checkpoint } of [...heads, ...retired].toSorted((a, b) => a.checkpoint - b.checkpoint)) {
    const before = signed.get(sequence);
    if (before !== undefined && before.hash !== hash)
      return bad(sequence, `checkpoints ${before.checkpoint} and ${checkpoint} sign different records of this number`);
    if (before === undefined) signed.set(sequence, { hash, checkpoint });
  }
  const back = heads.findIndex(({ sequence }, i) => sequence < (heads[i - 1]?.sequence ?? 0));
  const [higher, lower] = [heads[back - 1], heads[back]];
  if (higher === undefined || lower === undefined) return null;
  return bad(
    lower.sequence + 1,
    `checkpoint ${higher.checkpoint} signed records up to ${higher.sequence}, checkpoint ${lower.checkpoint} after it ends before: records were taken away`,
  );
}

function bad(sequence: number, what: string): ChainReport['problem'] {
  return { sequence, id: null, what };
}
