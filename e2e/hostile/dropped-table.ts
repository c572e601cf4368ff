/** A night's file in a drop folder, with its manifest, and what can be wrong with them. */
import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOSTILE_TEXTS } from './hostile-values.ts';
import { PEOPLE } from './people.ts';
import { retold } from './retold.ts';
import { BYTE_SPOILS } from './spoil-bytes.ts';
import { pick, type Spoil, spoilt, type Spoils } from './spoil.ts';
import { WORKBOOK_SPOILS, workbookOf } from './workbook-spoils.ts';

export interface DroppedTable {
  readonly stem: string;
  /** `yyyymmdd`. */
  readonly night: string;
  readonly extension: 'csv' | 'xlsx';
  readonly columns: string[];
  readonly rows: string[][];
  readonly ids: readonly string[];
}

interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly as: 'file' | 'link' | 'folder' | 'nothing';
}

interface ManifestEntry {
  readonly text: string;
  readonly as: 'file' | 'link' | 'nothing';
}

const onRow =
  (change: (row: string[], spoil: Spoil, table: DroppedTable) => void) => (table: DroppedTable, spoil: Spoil) => {
    const row = pick(table.rows, spoil.where);
    if (row !== undefined) change(row, spoil, table);
    return table;
  };

export const TABLE_SPOILS: Spoils<DroppedTable> = {
  'a workbook': (table) => ({ ...table, extension: 'xlsx' }),
  'hostile text': onRow((row, { how, where }) => {
    row[(how + where) % row.length] = pick(HOSTILE_TEXTS, how) ?? '';
  }),
  'hostile text behind a right one': onRow((row, { how, where }) => {
    row[(how + where) % row.length] += pick(HOSTILE_TEXTS, how) ?? '';
  }),
  'a cell left out': onRow((row, { how }) => void row.splice(how % row.length, 1)),
  'a cell too many': onRow((row, { how }) => void row.splice(how % row.length, 0, pick(HOSTILE_TEXTS, how) ?? '')),
  'two cells changed about': onRow((row, { how, where }) => {
    const [one, other] = [how % row.length, (how + 1 + (where % 3)) % row.length];
    [row[one], row[other]] = [row[other] ?? '', row[one] ?? ''];
  }),
  'a row twice': onRow((row, { how }, { rows }) => void rows.splice(how % rows.length, 0, [...row])),
  'a row of somebody else': onRow((row, { how }, { rows, ids }) => {
    const other = retold(row.join('\n'), { to: how % PEOPLE.length, ids }).split('\n');
    rows.splice(how % rows.length, 0, other);
  }),
  'one number of two persons': onRow((row, { how }, { rows, ids }) => {
    // The register has none; there the id comes first.
    if (!ids.includes(row[1] ?? '')) return;
    const other = retold(row.join('\n'), { to: how % PEOPLE.length, ids }).split('\n');
    rows.splice(how % rows.length, 0, [row[0] ?? '', ...other.slice(1)]);
  }),
  'a row of nobody': onRow((row, { how }) => {
    const own = row[1] ?? '';
    row[1] = pick([...HOSTILE_TEXTS, `${own},x`, `${own}\u0000`, own.toUpperCase()], how) ?? '';
  }),
  'rows turned round': (table) => ({ ...table, rows: table.rows.toReversed() }),
  'a column left out': (table, { how }) => onColumns(table, (cells) => cells.toSpliced(how % cells.length, 1)),
  'a column twice': (table, { how }) => onColumns(table, (cells) => [...cells, cells[how % cells.length] ?? '']),
  'columns turned round': (table) => onColumns(table, (cells) => cells.toReversed()),
  'a thousand columns': (table, { how }) =>
    onColumns(table, (cells) => [...cells, ...Array<string>(how % 2 === 0 ? 1_000 : 60).fill('')]),
  'another heading': (table, { where, how }) => {
    table.columns[where % table.columns.length] = pick([...HOSTILE_TEXTS, ...table.columns], how) ?? '';
    return table;
  },
  'no headings': (table) => ({ ...table, columns: table.rows[0] ?? [], rows: table.rows.slice(1) }),
  'many rows': (table, { how }) => ({
    ...table,
    rows: Array.from({ length: 400 }, (_, i) => table.rows[(i * how) % table.rows.length] ?? []),
  }),
  'no rows': (table) => ({ ...table, rows: [] }),
};

function onColumns(table: DroppedTable, change: (cells: readonly string[]) => string[]): DroppedTable {
  return { ...table, columns: change(table.columns), rows: table.rows.map(change) };
}

/** Of the text of a CSV file. */
export const FILE_SPOILS: Spoils<string> = {
  'a quote that never ends': (text, { where }) => `${text.slice(0, where)}"${text.slice(where)}`,
  'other separators': (text, { how }) => text.replaceAll(',', pick([';', '\t', '|', ',,', '，'], how) ?? ';'),
  'other ends of line': (text, { how }) =>
    text.replaceAll('\r\n', pick(['\n', '\r', '\n\r', '\u2028', '\r\r\n', ''], how) ?? '\n'),
  'a line without end': (text, { how }) =>
    `${text}${(pick(['x', ',', '"', '""'], how) ?? 'x').repeat(how % 10 === 7 ? 70_000 : 3_000)}`,
  'cells as spreadsheets hold them back': (text) => text.replaceAll(/(?<=,|^)([^,"\r\n]*)(?=,|\r)/gm, '="$1"'),
};

export const MANIFEST_SPOILS: Spoils<ManifestEntry> = {
  'no manifest': (entry) => ({ ...entry, as: 'nothing' }),
  'a manifest that is a link': (entry) => ({ ...entry, as: 'link' }),
  'a manifest that counts wrong': (entry, { how }) => ({
    ...entry,
    text: entry.text.replaceAll(/,(\d+),/g, `,${how},`),
  }),
  'a manifest of another file': (entry) => ({ ...entry, text: entry.text.replaceAll(/[0-9a-f]{64}/g, '0'.repeat(64)) }),
  'names in a manifest that lead out': (entry, { how }) => ({
    ...entry,
    text:
      entry.text +
      (pick(['../../etc/passwd', '/etc/passwd', '__proto__', '.', '\u0000'], how) ?? '') +
      `,1,${'0'.repeat(64)}\r\n`,
  }),
  'a manifest of rubbish': (entry, { how }) => ({ ...entry, text: pick(HOSTILE_TEXTS, how) ?? '' }),
};

export const NAME_SPOILS: Spoils<DroppedFile> = {
  'a link': (file) => ({ ...file, as: 'link' }),
  'a folder': (file) => ({ ...file, as: 'folder' }),
  'no file': (file) => ({ ...file, as: 'nothing' }),
  'another name': (file, { how }) => ({
    ...file,
    name:
      pick(
        [
          `${file.name}.tmp`,
          `.${file.name}`,
          file.name.toUpperCase(),
          file.name.replace('2026', '9999'),
          `x${file.name}`,
          file.name.replace('20261120', '20261131'),
        ],
        how,
      ) ?? file.name,
  }),
  'another extension': (file) => ({
    ...file,
    name: file.name.endsWith('.csv') ? file.name.replace('.csv', '.xlsx') : file.name.replace('.xlsx', '.csv'),
  }),
};

/** Writes the file and its manifest, spoilt. */
export async function dropTable(folder: string, right: DroppedTable, spoils: readonly Spoil[]): Promise<void> {
  const of = { spoils: spoils.map((spoil) => ({ ...spoil, call: 0 })), call: 0 };
  const isWorkbook = spoils.some(({ kind }) => Object.hasOwn(WORKBOOK_SPOILS, kind));
  const table = spoilt<DroppedTable>({ ...right, extension: isWorkbook ? 'xlsx' : 'csv' }, TABLE_SPOILS, of);
  const written =
    table.extension === 'xlsx' ? workbookOf(table, of) : Buffer.from(spoilt(csvOf(table), FILE_SPOILS, of), 'utf8');
  const bytes = spoilt<Uint8Array>(written, BYTE_SPOILS, of);
  const name = `${table.stem}_${table.night}.${table.extension}`;
  const file = spoilt<DroppedFile>({ name, bytes, as: 'file' }, NAME_SPOILS, of);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const lines = `文件名,行数,校验\r\n${file.name},${table.rows.length},${hash}\r\n`;
  const manifest = spoilt<ManifestEntry>({ text: lines, as: 'file' }, MANIFEST_SPOILS, of);
  await Promise.all([
    writeAs(join(folder, file.name), file.bytes, file.as),
    writeAs(join(folder, `清单_${table.night}.csv`), Buffer.from(manifest.text), manifest.as),
  ]);
}

async function writeAs(path: string, bytes: Uint8Array, as: DroppedFile['as']): Promise<void> {
  switch (as) {
    case 'file':
      return writeFile(path, bytes);
    case 'link':
      await writeFile(`${path}.target`, bytes);
      return symlink(`${path}.target`, path);
    case 'folder':
      await mkdir(path, { recursive: true });
      return;
    case 'nothing':
  }
}

function csvOf({ columns, rows }: DroppedTable): string {
  return [columns, ...rows].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

const cellOf = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
