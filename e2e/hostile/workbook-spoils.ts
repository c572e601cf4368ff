/** What can be wrong with a workbook: its cells, its parts, the archive that they are in. */
import { type CellObject, utils, write } from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { HOSTILE_TEXTS } from './hostile-values.ts';
import { pick, type Spoil, spoilt, type Spoils } from './spoil.ts';

interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
type Parts = Record<string, Uint8Array>;

const CELLS: readonly CellObject[] = [
  { t: 's', v: 'x', f: 'HYPERLINK("http://elsewhere.test")' },
  { t: 'n', v: 1e300 },
  { t: 'n', v: 110_101_199_001_011_200 },
  { t: 'n', v: 45_296.5 },
  { t: 'b', v: true },
  { t: 'e', v: 0x2a },
  { t: 'z' },
  { t: 's', v: '__proto__' },
  { t: 'n', v: 45_296, z: 'yyyy-mm-dd' },
  { t: 's', v: 'x', l: { Target: 'file:///etc/passwd' } },
];
const SHEET = 'xl/worksheets/sheet1.xml';

const WORKBOOK_CELLS: Spoils<Record<string, unknown>> = {
  'a cell of another kind': (sheet, { where, how }) => ({
    ...sheet,
    [`${'ABCDEFGH'[how % 8]}${2 + (where % 8)}`]: pick(CELLS, where),
  }),
};
const inSheet = (change: (xml: string, spoil: Spoil) => string) => (parts: Parts, spoil: Spoil) => ({
  ...parts,
  [SHEET]: strToU8(change(strFromU8(parts[SHEET] ?? new Uint8Array()), spoil)),
});

const PART_SPOILS: Spoils<Parts> = {
  'parts that lead out or run': (parts, { how }) => ({
    ...parts,
    [pick(
      ['../../etc/passwd', '/etc/passwd', 'xl/vbaProject.bin', 'xl/externalLinks/externalLink1.xml', 'C:\\x'],
      how,
    ) ?? 'x']: strToU8('<x/>'),
  }),
  'a part left out': (parts, { how }) => {
    const name = pick(Object.keys(parts), how);
    return Object.fromEntries(Object.entries(parts).filter(([one]) => one !== name));
  },
  'a sheet of a million columns': inSheet((xml) => xml.replace(/<dimension[^>]*>/, '<dimension ref="A1:XFD1048576"/>')),
  'a cell far away': inSheet((xml, { how }) =>
    xml.replace(
      '</sheetData>',
      `${pick(['<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>', '<row r="30000"><c r="A30000"><v>1</v></c></row>', '<row r="-1"><c r="A-1"/></row>', '<row r="2"><c r="ZZZZ2"><v>1</v></c></row>'], how)}</sheetData>`,
    ),
  ),
  'entities in a sheet': inSheet(
    (xml, { how }) =>
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'b'.repeat(50)}"><!ENTITY file SYSTEM "file:///etc/passwd">]>${xml.replace(/<\?xml[^>]*>/, '').replace('<sheetData>', `<sheetData>${how % 2 === 0 ? '<row r="9"><c r="A9" t="str"><v>&file;&a;</v></c></row>' : ''}`)}`,
  ),
  'markup of a sheet': inSheet(
    (xml, { where, how }) => xml.slice(0, where * 7) + (pick(HOSTILE_TEXTS, how) ?? '') + xml.slice(where * 7),
  ),
  'references that lead nowhere': inSheet((xml) =>
    xml.replaceAll(/t="[a-zA-Z]+"><v>[^<]*<\/v>/g, 't="s"><v>999999</v>'),
  ),
};

const ARCHIVE_SPOILS: Spoils<Uint8Array> = {
  'an archive that expands far': (bytes, { where, how }) => {
    // 17 MB of one letter are 17 kB, and take long to pack: one in sixty.
    if (how !== 37) return bytes;
    const parts = unzipSync(bytes);
    return zipSync(
      { ...parts, [where % 2 === 0 ? SHEET : 'xl/sharedStrings.xml']: new Uint8Array(17 * 1024 * 1024).fill(0x41) },
      { level: 1 },
    );
  },
  'an archive that lies about sizes': (bytes, { where, how }) => {
    const copy = Buffer.from(bytes);
    const at = copy.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]), Math.floor((copy.length * (where % 10)) / 10));
    if (at !== -1)
      copy.writeUInt32LE(pick([0, 1, 0xff_ff_ff_ff, 0x7f_ff_ff_ff, 100], how) ?? 0, at + (where % 2 === 0 ? 24 : 20));
    return copy;
  },
  'an archive of many parts': (bytes, { how }) => {
    if (how % 20 !== 7) return bytes;
    const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, i) => [`x${i}`, new Uint8Array()]));
    return zipSync({ ...unzipSync(bytes), ...many }, { level: 0 });
  },
};

/** Kinds that only a workbook has. */
export const WORKBOOK_SPOILS: Readonly<Record<string, unknown>> = {
  ...WORKBOOK_CELLS,
  ...PART_SPOILS,
  ...ARCHIVE_SPOILS,
};

export function workbookOf({ columns, rows }: Sheet, of: { spoils: readonly Spoil[]; call: number }): Uint8Array {
  const sheet = spoilt<Record<string, unknown>>(
    { ...utils.aoa_to_sheet([[...columns], ...rows.map((row) => [...row])]) },
    WORKBOOK_CELLS,
    of,
  );
  const packed = new Uint8Array(
    write({ SheetNames: ['s'], Sheets: { s: sheet } }, { type: 'buffer', bookType: 'xlsx' }),
  );
  const isInside = of.spoils.some(({ kind }) => Object.hasOwn(PART_SPOILS, kind));
  const parts = isInside ? zipSync(spoilt(unzipSync(packed), PART_SPOILS, of), { level: 1 }) : packed;
  return spoilt<Uint8Array>(parts, ARCHIVE_SPOILS, of);
}
