export interface Aligned<Row> {
  /** In key order: `null` = the id is not known there, `[]` = known, without rows. */
  readonly rows: readonly (readonly Row[] | null)[];
  /** How many rows were dropped because nobody asked for their id: never another person's data. */
  readonly foreign: number;
}

interface AlignOptions<Row> {
  /** The local id that a row belongs to; `null` where the row names none, it is dropped then. */
  readonly keyOf: (row: Row) => string | null;
  /** The ids that the department says it knows. Without it only an id with rows is known. */
  readonly known?: Iterable<string>;
}

/**
 * Puts the rows of one batched answer under the ids that were asked for. An id that is asked twice gets its rows twice.
 * A source that answers nothing for a known person without rows must say so in `known`.
 */
export function alignRows<Row>(
  localIds: readonly string[],
  rows: Iterable<Row>,
  { keyOf, known = [] }: AlignOptions<Row>,
): Aligned<Row> {
  const asked = new Set(localIds);
  const byId = new Map<string, Row[]>();
  for (const id of known) byId.set(id, []);
  let foreign = 0;
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null || !asked.has(key)) foreign += 1;
    else if (byId.has(key)) byId.get(key)?.push(row);
    else byId.set(key, [row]);
  }
  return { rows: localIds.map((id) => byId.get(id) ?? null), foreign };
}
