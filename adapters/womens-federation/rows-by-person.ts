/** A row as it was filed: under its own number, about one person. */
export interface FiledRow<Row> {
  readonly number: string;
  readonly localId: string;
  readonly row: Row;
}

export type RowsByPerson<Row> = ReadonlyMap<string, readonly Row[]>;

/** The number and the person of a line that could not be read as a whole; `''` where these could not either. */
export type SpoiltLine = Readonly<Record<'number' | 'localId', string>>;

interface Filing<Row> {
  readonly spoilt?: readonly SpoiltLine[];
  /** Of two lines with one number. */
  merge(this: void, last: Row, earlier: Row): Row;
  /** Of a row under whose number a spoilt line stands too: what that line said is not known. */
  doubt(this: void, row: Row): Row;
}

/**
 * Rows under the local id that they name. A number that comes twice is one row, `merge`d; a number under which two
 * persons stand is nobody's: whose it is cannot be told, and it must not show in the wrong file. A spoilt line adds no
 * row, but disputes the number it bears and casts `doubt` on it.
 */
export function rowsByPerson<Row>(
  filed: readonly FiledRow<Row>[],
  { spoilt = [], merge, doubt }: Filing<Row>,
): RowsByPerson<Row> {
  const byNumber = new Map<string, FiledRow<Row>>();
  const disputed = new Set<string>();
  for (const entry of filed) {
    const earlier = byNumber.get(entry.number);
    if (earlier !== undefined && earlier.localId !== entry.localId) disputed.add(entry.number);
    byNumber.set(entry.number, earlier === undefined ? entry : { ...entry, row: merge(entry.row, earlier.row) });
  }
  for (const { number, localId } of spoilt) {
    const entry = byNumber.get(number);
    if (entry === undefined) continue;
    if (localId !== '' && localId !== entry.localId) disputed.add(number);
    byNumber.set(number, { ...entry, row: doubt(entry.row) });
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
