import { describe, expect, test } from '@jest/globals';
import { utils, write } from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { TABLE_LIMITS } from './table.ts';
import { unpackWorkbook } from './unpack-workbook.ts';
import { xlsxTable } from './xlsx-table.ts';

const SHEET = 'xl/worksheets/sheet1.xml';

function workbook(rows: unknown[][]): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '表');
  const bytes: unknown = write(book, { type: 'buffer', bookType: 'xlsx', compression: true });
  if (!(bytes instanceof Uint8Array)) throw new TypeError('not bytes');
  return bytes;
}

/** A workbook whose parts are changed after writing. */
function withParts(bytes: Uint8Array, change: (parts: Record<string, Uint8Array>) => void): Uint8Array {
  const parts = unzipSync(bytes);
  change(parts);
  return zipSync(parts);
}

const withSheet = (change: (xml: string) => string) =>
  withParts(
    workbook([
      ['a', 'b'],
      ['1', '2'],
    ]),
    (parts) => {
      parts[SHEET] = strToU8(change(strFromU8(parts[SHEET] ?? new Uint8Array())));
    },
  );

const cells = (inner: string) => (xml: string) =>
  xml.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${inner}</sheetData>`);
const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const refused = (reason: string) => expect.objectContaining({ reason });

test('cells come as text, dates as serials, empty ones as nothing, empty rows not at all', () => {
  const bytes = workbook([['编号', '日期', '数', '空'], ['A1', 45_000, 1.5], [], ['A2', null, true, 'x']]);
  expect(xlsxTable(bytes)).toEqual({
    columns: ['编号', '日期', '数', '空'],
    rows: [
      ['A1', '45000', '1.5', ''],
      ['A2', '', 'true', 'x'],
    ],
  });
});

test('a number of more digits than a spreadsheet keeps is none, an old ID number of 15 digits is one', () => {
  const numbers = ['1.1010519491231E+17', '110105194912310021', '1E+15', '-1E+300', '110105491231002', '0.5'];
  const row = numbers.map((number, i) => `<c r="${'ABCDEF'[i]}2"><v>${number}</v></c>`).join('');
  const bytes = withSheet(cells(`<row r="1">${text('A1', 'a')}</row><row r="2">${row}</row>`));
  expect(xlsxTable(bytes).rows).toEqual([['', '', '', '', '110105491231002', '0.5']]);
});

test('a workbook whose dates count from 1904 is refused: its serials are other days', () => {
  const bytes = withParts(workbook([['a'], [45_000]]), (parts) => {
    const xml = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array());
    parts['xl/workbook.xml'] = strToU8(
      xml.replace(/<workbookPr[^>]*>/, '').replace('<sheets>', '<workbookPr date1904="1"/><sheets>'),
    );
  });
  expect(() => xlsxTable(bytes)).toThrow(refused('DATES_FROM_1904'));
});

test('only the first sheet is read', () => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['first']]), '一');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['second']]), '二');
  expect(xlsxTable(write(book, { type: 'buffer', bookType: 'xlsx' })).columns).toEqual(['first']);
});

test.each([
  ['HTML', strToU8('<html></html>')],
  ['nothing', new Uint8Array()],
  ['an archive of something else', zipSync({ 'a.txt': strToU8('x') })],
  ['half a workbook', workbook([['a']]).subarray(0, 3_000)],
])('%s is no workbook', (_what, bytes) => {
  expect(() => xlsxTable(bytes)).toThrow(refused('MALFORMED'));
});

describe('case 54: XLSX', () => {
  test('a formula is its text; what it is said to give is not believed', () => {
    const bytes = withSheet(
      cells(
        `<row r="1">${text('A1', 'a')}</row><row r="2"><c r="A2"><f>HYPERLINK("http://x","y")</f><v>7</v></c></row>`,
      ),
    );
    expect(xlsxTable(bytes).rows).toEqual([['=HYPERLINK("http://x","y")']]);
  });

  test('a bomb is refused by what it declares', () => {
    const bomb = withParts(workbook([['a']]), (parts) => {
      parts['xl/sharedStrings.xml'] = new Uint8Array(20_000_000);
    });
    expect(bomb.length).toBeLessThan(100_000);
    const limits = { ...TABLE_LIMITS, maxExpandedBytes: 10_000_000 };
    expect(() => xlsxTable(bomb, limits)).toThrow(refused('EXPANDS_TOO_FAR'));
  });

  test('a bomb that lies about its size grows no further than its lie', () => {
    const bomb = Buffer.from(
      withParts(workbook([['a']]), (parts) => {
        parts[SHEET] = strToU8(`<worksheet>${' '.repeat(20_000_000)}</worksheet>`);
      }),
    );
    for (let at = 0; (at = bomb.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'), at)) !== -1; at += 4) {
      if (bomb.readUInt32LE(at + 24) > 1_000_000) bomb.writeUInt32LE(1_000, at + 24);
    }
    expect(() => xlsxTable(bomb)).toThrow(refused('MALFORMED'));
  });

  test('more parts than any workbook has are refused', () => {
    const bytes = withParts(workbook([['a']]), (parts) => {
      for (let i = 0; i < 1_001; i += 1) parts[`xl/media/${i}.png`] = new Uint8Array();
    });
    expect(() => xlsxTable(bytes)).toThrow(refused('EXPANDS_TOO_FAR'));
  });

  test('only parts that hold cells reach the parser: no macro, no link to another book, no path out', () => {
    const bytes = withParts(workbook([['a']]), (parts) => {
      parts['xl/vbaProject.bin'] = strToU8('macro');
      parts['xl/externalLinks/externalLink1.xml'] = strToU8('<externalLink/>');
      parts['../../evil.xml'] = strToU8('<x/>');
      parts['xl/worksheets/../../../sheet1.xml'] = strToU8('<x/>');
    });
    expect(Object.keys(unzipSync(unpackWorkbook(bytes))).toSorted()).toEqual([
      '[Content_Types].xml',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      SHEET,
    ]);
  });

  test('an entity bomb stays what it is: text', () => {
    const dtd =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';
    const bytes = withSheet((xml) =>
      cells(`<row r="1">${text('A1', '&b;&c;')}</row>`)(xml.replace('<worksheet', `${dtd}<worksheet`)),
    );
    expect(xlsxTable(bytes).columns.join()).not.toMatch(/aaaa|root:/);
  });

  test('a million columns are refused', () => {
    expect(() => xlsxTable(withSheet(cells(`<row r="1">${text('XFD1', 'x')}</row>`)))).toThrow(
      refused('TOO_MANY_COLUMNS'),
    );
  });

  test('a sheet that claims to be as big as can be is read by its cells', () => {
    const bytes = withSheet((xml) => xml.replace(/<dimension[^>]*>/, '<dimension ref="A1:XFD1048576"/>'));
    expect(xlsxTable(bytes)).toEqual({ columns: ['a', 'b'], rows: [['1', '2']] });
  });

  test('a row at the far end is refused', () => {
    const bytes = withSheet(cells(`<row r="1048576">${text('A1048576', 'x')}</row>`));
    expect(() => xlsxTable(bytes, { ...TABLE_LIMITS, maxWorkbookRows: 1_000 })).toThrow(refused('TOO_MANY_ROWS'));
  });

  test('more rows than can be read without holding up everything else are refused', () => {
    const rows = (count: number) => withSheet(cells('<row><c><v>1</v></c></row>'.repeat(count)));
    expect(xlsxTable(rows(20_001)).rows).toHaveLength(20_000);
    expect(() => xlsxTable(rows(20_002))).toThrow(refused('TOO_MANY_ROWS'));
    const bulk = withParts(workbook([['a']]), (parts) => {
      parts[SHEET] = new Uint8Array(17 * 1024 * 1024);
    });
    expect(() => xlsxTable(bulk)).toThrow(refused('EXPANDS_TOO_FAR'));
  });

  test('names of the language as sheet and cell are names', () => {
    const bytes = withParts(
      workbook([
        ['__proto__', 'constructor'],
        ['x', 'y'],
      ]),
      (parts) => {
        const xml = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array());
        parts['xl/workbook.xml'] = strToU8(xml.replace('name="表"', 'name="__proto__"'));
      },
    );
    expect(xlsxTable(bytes)).toEqual({ columns: ['__proto__', 'constructor'], rows: [['x', 'y']] });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.hasOwn(Object.prototype, '!data')).toBe(false);
  });
});
