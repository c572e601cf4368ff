import { strToU8, unzipSync, zipSync } from 'fflate';
import { FileRefused } from './file-refused.ts';
import { TABLE_LIMITS, type TableLimits } from './table.ts';

const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/**
 * The parts that hold cells, with their content types. Everything else (macros, drawings, links to other books, themes)
 * never reaches the parser.
 */
const WANTED: readonly (readonly [RegExp, string | null])[] = [
  [/^xl\/workbook\.xml$/, `${SPREADSHEET}.sheet.main+xml`],
  [/^xl\/_rels\/workbook\.xml\.rels$/, null],
  [/^xl\/sharedStrings\.xml$/, `${SPREADSHEET}.sharedStrings+xml`],
  [/^xl\/styles\.xml$/, `${SPREADSHEET}.styles+xml`],
  [/^xl\/worksheets\/sheet\d{1,3}\.xml$/, `${SPREADSHEET}.worksheet+xml`],
];
const MAX_PARTS = 1_000;

/**
 * An XLSX file packed anew, uncompressed, from its wanted parts. So the parser never inflates: what it sees was measured
 * here. A part is unpacked into a buffer of the size that the archive declares, so that a lie about the size only cuts
 * the part short, which is refused. Throws `FileRefused`.
 */
export function unpackWorkbook(bytes: Uint8Array, limits: TableLimits = TABLE_LIMITS): Uint8Array {
  const parts = wantedParts(bytes, limits);
  for (const content of Object.values(parts)) if (!isWholeXml(content)) throw new FileRefused('MALFORMED');
  return zipSync({ '[Content_Types].xml': strToU8(contentTypes(Object.keys(parts))), ...parts }, { level: 0 });
}

function wantedParts(bytes: Uint8Array, { maxExpandedBytes }: TableLimits): Record<string, Uint8Array> {
  let declaredBytes = 0;
  let parts = 0;
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        parts += 1;
        if (parts > MAX_PARTS) throw new FileRefused('EXPANDS_TOO_FAR');
        if (!WANTED.some(([pattern]) => pattern.test(name))) return false;
        declaredBytes += originalSize;
        if (declaredBytes > maxExpandedBytes) throw new FileRefused('EXPANDS_TOO_FAR');
        return true;
      },
    });
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused('MALFORMED', { cause: error });
  }
}

/** The parser looks for every part that the archive's own list names: this one names those that were kept. */
function contentTypes(names: readonly string[]): string {
  const overrides = names.flatMap((name) => {
    const type = WANTED.find(([pattern]) => pattern.test(name))?.[1];
    return type ? [`<Override PartName="/${name}" ContentType="${type}"/>`] : [];
  });
  return `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${overrides.join('')}</Types>`;
}

/** The closing tag of the outermost element stands at the end. */
function isWholeXml(content: Uint8Array): boolean {
  const head = new TextDecoder().decode(content.subarray(0, 2_048));
  const tail = new TextDecoder().decode(content.subarray(-256)).trimEnd();
  const root = /<([A-Za-z_][\w:.-]*)/.exec(head)?.[1];
  return root !== undefined && (tail.endsWith(`</${root}>`) || (tail.endsWith('/>') && content.length < 2_048));
}
