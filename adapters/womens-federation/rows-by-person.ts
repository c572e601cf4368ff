/** A row as it was filed: under its own number, about one person. */
export interface FiledRow<Row> {
  readonly number: string;
  readonly localId: string;
  readonly row: Row;
}

export type RowsByPerson<Row> = ReadonlyMap<string, readonly Row[]>;

/**
 * Rows under the local id that they name. A number that comes twice is one row, `merge`d; a number under which two
 * persons stand is nobody's: whose it is cannot be told, and it must not show in the wrong file.
 */
export function rowsByPerson<Row>(
  filed: readonly FiledRow<Row>[],
  merge: (last: Row, earlier: Row) => Row,
): RowsByPerson<Row> {
  const byNumber = new Map<string, FiledRow<Row>>();
  const disputed = new Set<string>();
  for (const entry of filed) {
    const earlier = byNumber.get(entry.number);
    if (earlier !== undefined && earlier.localId !== entry.localId) disputed.add(entry.number);
    byNumber.set(entry.number, earlier === undefined ? entry : { ...entry, row: merge(entry.row, earlier.row) });
  }
  const byPerson = new Map<string, Row[]>();
  for (const { number, localId, row } of byNumber.values()) {
    if (disputed.has(number)) continue;
    const rows = byPerson.get(localId);
    if (rows === undefined) byPerson.set(localId, [row]);
    else rows.push(row);
  }
  return byPerson;
}
