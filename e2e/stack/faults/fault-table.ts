import type { Evidence } from './evidence.ts';
import type { Load } from './load.ts';

export interface FaultRow {
  readonly name: string;
  readonly load: Pick<Load, 'counts' | 'codes' | 'changes' | 'wrong'>;
  readonly evidence: Evidence;
  /** From when the fault ended, the start of a process that was killed included. */
  readonly wholeAgainMs: number;
}

const HEADS = [
  'fault',
  'sent',
  'answered whole',
  'in part',
  'refused',
  'connection broke',
  'changes acknowledged',
  'lost',
  'twice',
  'wrong',
  'whole again after',
  'codes',
];

/** The figures as a table of Markdown, as docs/reliability.md has it. */
export function faultTable(rows: readonly FaultRow[]): string {
  return [inCells(HEADS), inCells(HEADS.map(() => '---')), ...rows.map(faultLine)].join('\n');
}

/** One line of it. */
export function faultLine({ name, load, evidence, wholeAgainMs }: FaultRow): string {
  const { counts, codes, changes, wrong } = load;
  return inCells([
    name,
    counts.sent,
    counts.whole,
    counts.part,
    counts.refused,
    counts.broken,
    changes.length,
    evidence.lost.length,
    evidence.twice.length,
    wrong.length,
    `${(wholeAgainMs / 1_000).toFixed(1)} s`,
    [...codes].map(([code, count]) => `\`${code}\` ${count}`).join(', '),
  ]);
}

const inCells = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
