import type { z } from 'zod';
import { FileRefused } from './file-refused.ts';
import { MOST_CHARACTERS } from './short-text.ts';
import type { Table } from './table.ts';
import { withoutUnwanted } from './unwanted-characters.ts';

/** What a row of a dropped file looks like: cells by our key, `columns` gives the heading of each. */
export interface RowShape<Key extends string, Row> {
  readonly columns: Readonly<Record<Key, string>>;
  /** Takes the cells of a row as they stand in the file, unusable characters excepted, trimmed. */
  readonly schema: z.ZodType<Row, Readonly<Record<Key, string>>>;
  /** A file is refused when more than this share of its rows (and more than five) are unusable: it is another file. */
  readonly maxBadShare?: number;
}

/** A row that was left out: its line (the header is 1) and why, without its content. */
export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

export interface DroppedRows<Key extends string, Row> {
  readonly rows: readonly Row[];
  readonly bad: readonly BadRow[];
  /**
   * What can be read of the rows that were left out: they are not shown, but what they say against another row must not
   * be lost. Cells may stand in the wrong place.
   */
  readonly spoilt: readonly Readonly<Record<Key, string>>[];
}

const FEW = 5;
/** NUL and other controls, and the mark of a byte that was no character: the row cannot be trusted. */
const UNUSABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/u;

/** The rows of a table that are usable, and the others with their reasons. Throws `FileRefused`. */
export function droppedRows<Key extends string, Row>(
  { columns, rows }: Table,
  { columns: headings, schema, maxBadShare = 0.2 }: RowShape<Key, Row>,
): DroppedRows<Key, Row> {
  const places = placesOf(columns, headings);
  const good: Row[] = [];
  const bad: BadRow[] = [];
  const spoilt: Record<Key, string>[] = [];
  const leaveOut = (index: number, reason: string) => {
    bad.push({ line: index + 2, reason });
    spoilt.push(
      Object.fromEntries(places.map(([key, at]) => [key, plain(rows[index]?.[at] ?? '')])) as Record<Key, string>,
    );
  };
  rows.forEach((cells, index) => {
    const texts = cells.length === columns.length ? usable(cells, places) : 'COLUMN_COUNT';
    if (typeof texts === 'string') return leaveOut(index, texts);
    const parsed = schema.safeParse(texts);
    if (parsed.success) good.push(parsed.data);
    else leaveOut(index, `INVALID: ${String(parsed.error.issues[0]?.path[0] ?? 'row')}`);
  });
  if (bad.length > Math.max(FEW, rows.length * maxBadShare)) throw new FileRefused('TOO_MANY_BAD_ROWS');
  return { rows: good, bad, spoilt };
}

const plain = (cell: string) => withoutUnwanted(cell).trim();

type Places<Key extends string> = readonly (readonly [Key, number])[];

function placesOf<Key extends string>(
  columns: readonly string[],
  headings: Readonly<Record<Key, string>>,
): Places<Key> {
  const found = columns.map((column) => withoutUnwanted(column.normalize('NFKC').replaceAll(/\s/g, '')));
  const keys = Object.keys(headings) as Key[];
  return keys.map((key) => {
    const at = found.indexOf(headings[key].normalize('NFKC'));
    if (at === -1 || found.indexOf(headings[key].normalize('NFKC'), at + 1) !== -1)
      throw new FileRefused('COLUMN_MISSING');
    return [key, at];
  });
}

function usable<Key extends string>(cells: readonly string[], places: Places<Key>): Record<Key, string> | string {
  const texts: Partial<Record<Key, string>> = {};
  for (const [key, at] of places) {
    const cell = cells[at] ?? '';
    if (UNUSABLE.test(cell) || !cell.isWellFormed()) return 'UNUSABLE_CHARACTERS';
    if (cell.length > MOST_CHARACTERS) return 'CELL_TOO_LONG';
    texts[key] = plain(cell);
  }
  return texts as Record<Key, string>;
}
