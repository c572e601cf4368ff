import type { LoadedRow } from './loaded-row.ts';

/** Organisations behind their supervisors, wherever they stand in the file; the others as they come. Circles stay as they are. */
export function inOrder(rows: readonly LoadedRow[]): readonly LoadedRow[] {
  const byId = new Map(rows.map((row) => [row.fields['id'], row]));
  const placed = new Set<LoadedRow>();
  const place = (row: LoadedRow, above: ReadonlySet<LoadedRow>) => {
    if (placed.has(row) || above.has(row)) return;
    const supervisor = byId.get(row.fields['supervisor']);
    if (supervisor !== undefined) place(supervisor, new Set([...above, row]));
    placed.add(row);
  };
  for (const row of rows) place(row, new Set());
  return [...placed];
}
