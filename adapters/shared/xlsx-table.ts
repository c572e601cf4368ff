import { read, type CellObject, type WorkSheet } from '@e965/xlsx';
import { FileRefused } from './file-refused.ts';
import { TABLE_LIMITS, type Table, type TableLimits } from './table.ts';
import { unpackWorkbook } from './unpack-workbook.ts';

/**
 * Reads the first sheet of an XLSX file. Cells come as text: numbers and dates as they are stored (a date is a serial
 * number), a formula as its text with `=` in front, never as a result; a number of more digits than a spreadsheet keeps
 * is empty. Throws `FileRefused`.
 */
export function xlsxTable(bytes: Uint8Array, limits: TableLimits = TABLE_LIMITS): Table {
  const sheet = firstSheet(unpackWorkbook(bytes, limits));
  // `!ref` may span millions of empty cells: only the cells that exist are walked.
  const cells: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
  if (cells.length > limits.maxWorkbookRows + 1) throw new FileRefused('TOO_MANY_ROWS');
  // Not `map`: rows without any cell are holes.
  const [columns = [], ...rows] = Array.from(cells, (row) => texts(row ?? [], limits));
  return { columns, rows: rows.filter((row) => row.some((cell) => cell !== '')).map((row) => padded(row, columns)) };
}

function firstSheet(workbook: Uint8Array): WorkSheet {
  try {
    const options = { type: 'buffer', dense: true, nodim: true, cellHTML: false, cellText: false } as const;
    const { SheetNames, Sheets, Workbook } = read(workbook, { ...options, sheets: 0 });
    // There the same serial number is a day four years later.
    if (Workbook?.WBProps?.date1904) throw new FileRefused('DATES_FROM_1904');
    const sheet = Sheets[SheetNames[0] ?? ''];
    if (sheet !== undefined) return sheet;
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused('MALFORMED', { cause: error });
  }
  throw new FileRefused('MALFORMED');
}

function texts(row: readonly (CellObject | undefined)[], { maxColumns }: TableLimits): string[] {
  if (row.length > maxColumns) throw new FileRefused('TOO_MANY_COLUMNS');
  return Array.from(row, (cell) => {
    if (cell === undefined) return '';
    if (cell.f !== undefined) return `=${cell.f}`;
    // A spreadsheet keeps 15 digits and fills up with zeros: an ID number that was stored so is another person's.
    if (typeof cell.v === 'number' && !(Math.abs(cell.v) < 1e15)) return '';
    // `z` is a stub, `e` an error such as #REF!: both hold nothing to read.
    return cell.t === 'z' || cell.t === 'e' ? '' : String(cell.v ?? '');
  });
}

/** A spreadsheet leaves out empty cells at the end of a row. */
function padded(row: readonly string[], columns: readonly string[]): readonly string[] {
  return row.length >= columns.length ? row : [...row, ...Array<string>(columns.length - row.length).fill('')];
}
