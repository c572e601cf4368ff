import { extname, basename } from 'node:path';
import { csvTable } from '../../../adapters/shared/csv-table.ts';
import { decodeText } from '../../../adapters/shared/decode-text.ts';
import { FileRefused } from '../../../adapters/shared/file-refused.ts';
import { readDroppedFile } from '../../../adapters/shared/read-dropped-file.ts';
import { TABLE_LIMITS } from '../../../adapters/shared/table.ts';
import { xlsxTable } from '../../../adapters/shared/xlsx-table.ts';
import { hsdsRows } from './hsds-rows.ts';
import { type LoadedRows, ROW_KINDS, type RowKind } from './loaded-row.ts';
import { tableRows } from './table-rows.ts';

/** HSDS names its files so. */
const FILE_NAMES: Readonly<Record<string, RowKind>> = {
  organizations: 'organisations',
  services: 'services',
  locations: 'locations',
  service_capacity: 'capacities',
  ...Object.fromEntries(ROW_KINDS.map((kind) => [kind, kind])),
};

/** What a table holds, by the option or else by the file's name; `null` = neither says. */
export function tableKindOf(file: string, given: string | undefined): RowKind | null {
  const name = given ?? basename(file, extname(file)).toLowerCase();
  return FILE_NAMES[name] ?? null;
}

export const isTable = (file: string): boolean => ['.csv', '.xlsx'].includes(extname(file).toLowerCase());

/** The rows of a file: HSDS 3 JSON, or a table of one kind (CSV, XLSX). Throws `FileRefused`. */
export async function readRows(file: string, kind: RowKind | null): Promise<LoadedRows> {
  const { bytes } = await readDroppedFile(file, { maxBytes: TABLE_LIMITS.maxBytes });
  if (!isTable(file)) return jsonRows(bytes);
  if (kind === null) throw new FileRefused('COLUMN_MISSING');
  return tableRows(extname(file).toLowerCase() === '.xlsx' ? xlsxTable(bytes) : await csvTable(bytes), kind);
}

function jsonRows(bytes: Uint8Array): LoadedRows {
  const text = decodeText(bytes)?.text;
  if (text === undefined) throw new FileRefused('NOT_TEXT');
  const rows = hsdsRows(parsed(text));
  if (rows === null) throw new FileRefused('MALFORMED');
  return rows;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new FileRefused('MALFORMED', { cause });
  }
}
