import type { AccessBasis } from './grant.ts';

/** What a row may bear besides its data (adapters/shared/source.ts). */
interface Marked {
  readonly sealed?: unknown;
  readonly withheld?: unknown;
}

/**
 * What a basis does not show, row by row: what a department sealed, juvenile-offence records among it (刑事诉讼法 art. 286),
 * is for that department alone; what a clinician withheld for the person's good (精神卫生法 art. 47) is for everybody but
 * the person and the guardian.
 */
const HIDDEN: Readonly<Record<AccessBasis, readonly (keyof Marked)[]>> = {
  OWN_RECORD: [],
  CONSENT: ['sealed'],
  REFERRAL: ['sealed'],
  CARE_TEAM: ['sealed'],
  MANDATORY_REPORT: ['sealed'],
  EMERGENCY: ['sealed'],
  SELF: ['sealed', 'withheld'],
};

export function visibleRows(rows: readonly unknown[], basis: AccessBasis): readonly unknown[] {
  return rows.filter((row) => !HIDDEN[basis].some((mark) => isMarked(row, mark)));
}

function isMarked(row: unknown, mark: keyof Marked): boolean {
  return typeof row === 'object' && row !== null && (row as Marked)[mark] === true;
}
