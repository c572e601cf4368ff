import { FileRefused } from '../../../adapters/shared/file-refused.ts';
import { foldWidth } from '../../../adapters/shared/fold-width.ts';
import type { Table } from '../../../adapters/shared/table.ts';
import { codeWords } from './code-words.ts';
import type { FaultyRow, LoadedRow, LoadedRows, RowFault, RowKind } from './loaded-row.ts';
import { type Column, TABLE_COLUMNS } from './table-columns.ts';

/** A row with the mark of a byte that was no character, or with controls, cannot be trusted. */
const UNUSABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/u;
/** What a spreadsheet would calculate: `=…`, `@…`, and `+…`, `-…` unless a number or a telephone number follows. */
const FORMULA = /^(?:[=@]|[+-](?![\d\s()-]+$))/;

/** The rows of one sheet, all of one kind. Throws `FileRefused` where a heading that is needed is missing, or is there twice. */
export function tableRows({ columns, rows }: Table, kind: RowKind): LoadedRows {
  const headings = columns.map((heading) => foldWidth(heading).replaceAll(' ', '').toLowerCase());
  const places = TABLE_COLUMNS[kind].flatMap((column) => placeOf(column, headings));
  const taken = new Set(places.map(({ at }) => at));
  const words = codeWords();
  const good: LoadedRow[] = [];
  const faulty: FaultyRow[] = [];
  rows.forEach((cells, index) => {
    const place = `line ${index + 2}`;
    const fault = faultOf(cells, columns);
    if (fault !== null) return void faulty.push({ place, kind, ...fault });
    const fields: Record<string, unknown> = {};
    for (const { column, at } of places) {
      const cell = (cells[at] ?? '').trim();
      if (cell !== '') put(fields, column.to.split('.'), column.cell(cell, words));
    }
    good.push({ place, kind, fields });
  });
  return { rows: good, faulty, ignored: columns.filter((name, at) => !taken.has(at) && name.trim() !== '') };
}

function placeOf(column: Column, headings: readonly string[]): readonly { column: Column; at: number }[] {
  const found = headings.flatMap((heading, at) => (column.headings.includes(heading) ? [at] : []));
  const [at] = found;
  if (found.length > 1 || (at === undefined && column.needed === true)) throw new FileRefused('COLUMN_MISSING');
  return at === undefined ? [] : [{ column, at }];
}

function faultOf(
  cells: readonly string[],
  columns: readonly string[],
): { readonly fault: RowFault; readonly field?: string } | null {
  if (cells.length !== columns.length) return { fault: 'COLUMN_COUNT' };
  const at = (wrong: (cell: string) => boolean) => columns[cells.findIndex(wrong)];
  const unusable = at((cell) => UNUSABLE.test(cell) || !cell.isWellFormed());
  if (unusable !== undefined) return { fault: 'UNUSABLE_CHARACTERS', field: unusable };
  const formula = at((cell) => FORMULA.test(foldWidth(cell)));
  return formula === undefined ? null : { fault: 'FORMULA', field: formula };
}

/** Puts a value at a path; a number in it makes a list. */
function put(target: Record<string, unknown>, [head = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const isList = /^\d+$/.test(rest[0] ?? '');
  target[head] ??= isList ? [] : {};
  put(target[head] as Record<string, unknown>, rest, value);
}
