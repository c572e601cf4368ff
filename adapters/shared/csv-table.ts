import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { droppedText } from './dropped-text.ts';
import { FileRefused } from './file-refused.ts';
import { TABLE_LIMITS, type Table, type TableLimits } from './table.ts';

const CHUNK_CHARACTERS = 128 * 1024;
/** Also what stops a quote that never ends, and a million columns. */
const MAX_RECORD_CHARACTERS = 64 * 1024;
const EXCEL_TEXT = /^="([^"]*)"$/;

/**
 * Reads CSV in any of the encodings of `droppedText`. Cells are text: nothing is evaluated, `="…"` (how spreadsheets are
 * told to leave a number alone) is the text inside. Works in slices, so that a big file does not hold up the process.
 * Throws `FileRefused`.
 */
export async function csvTable(bytes: Uint8Array, limits: TableLimits = TABLE_LIMITS): Promise<Table> {
  const text = droppedText(bytes);
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) throw new FileRefused('HTML');
  const rows: string[][] = [];
  try {
    for await (const record of Readable.from(slices(text)).pipe(csvParser())) {
      rows.push(cells(record, limits));
      if (rows.length > limits.maxRows + 1) throw new FileRefused('TOO_MANY_ROWS');
    }
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused('MALFORMED', { cause: error });
  }
  const [columns = [], ...body] = rows;
  return { columns, rows: body };
}

function csvParser() {
  return parse({
    // By itself the parser goes by the first end of line; files put together by hand mix them.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
  });
}

function cells(record: unknown, { maxColumns }: TableLimits): string[] {
  if (!Array.isArray(record)) throw new FileRefused('MALFORMED');
  if (record.length > maxColumns) throw new FileRefused('TOO_MANY_COLUMNS');
  return record.map((cell: unknown) => {
    const text = String(cell);
    return EXCEL_TEXT.exec(text)?.[1] ?? text;
  });
}

function* slices(text: string) {
  for (let at = 0; at < text.length; at += CHUNK_CHARACTERS) yield text.slice(at, at + CHUNK_CHARACTERS);
}
