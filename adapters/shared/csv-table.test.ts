import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { csvTable } from './csv-table.ts';
import { TABLE_LIMITS } from './table.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

test('cells, quoted or not, over any end of line', async () => {
  expect(await csvTable(utf8('a,b\r\n1,"x, ""y""\nz"\n\n2,\n'))).toEqual({
    columns: ['a', 'b'],
    rows: [
      ['1', 'x, "y"\nz'],
      ['2', ''],
    ],
  });
});

test('an empty file is an empty table', async () => {
  expect(await csvTable(new Uint8Array())).toEqual({ columns: [], rows: [] });
});

test('a file of many slices comes whole', async () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => [`row ${i}`, '家庭关爱']);
  const text = ['a,b', ...rows.map((row) => row.join(','))].join('\n');
  expect(await csvTable(iconv.encode(text, 'gb18030'))).toEqual({ columns: ['a', 'b'], rows });
});

test('what was written is read, in each encoding', async () => {
  const cell = fc.string({ unit: fc.constantFrom('家', '庭', '䶮', '𠮷', 'é', 'a', '1', ',', '"', '\n', '－', '１') });
  await fc.assert(
    fc.asyncProperty(
      fc.array(cell),
      fc.constantFrom('utf8', 'gb18030', 'utf16le', 'utf16be'),
      async (cells, encoding) => {
        const row = ['标题是够长的中文', ...cells].map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
        const bytes = iconv.encode(`${row}\n${row}\n`, encoding, { addBOM: encoding.startsWith('utf16') });
        const expected = ['标题是够长的中文', ...cells];
        expect(await csvTable(bytes)).toEqual({ columns: expected, rows: [expected] });
      },
    ),
    { numRuns: 100 },
  );
});

describe('case 54: CSV', () => {
  test('formulas are text and nothing else', async () => {
    const { rows } = await csvTable(utf8(`a,b,c\n=1+1,"=cmd|'/c calc'!A1",@SUM(A1)\n`));
    expect(rows).toEqual([['=1+1', "=cmd|'/c calc'!A1", '@SUM(A1)']]);
  });

  test('="…" is the text inside', async () => {
    const { rows } = await csvTable(utf8('a,b\n="110105194912310021",=""\n'));
    expect(rows).toEqual([['110105194912310021', '']]);
  });

  test('a million columns are refused', async () => {
    await expect(csvTable(utf8('a,'.repeat(1_000_000)))).rejects.toMatchObject({ reason: 'MALFORMED' });
    await expect(csvTable(utf8('a,'.repeat(200)))).rejects.toMatchObject({ reason: 'TOO_MANY_COLUMNS' });
  });

  test('too many rows are refused', async () => {
    const limits = { ...TABLE_LIMITS, maxRows: 2 };
    expect((await csvTable(utf8('a\n1\n2\n'), limits)).rows).toHaveLength(2);
    await expect(csvTable(utf8('a\n1\n2\n3\n'), limits)).rejects.toMatchObject({ reason: 'TOO_MANY_ROWS' });
  });

  test.each(['<!DOCTYPE html><html>', '  <HTML>', '<?xml version="1.0"?>'])('%s is no table', async (page) => {
    await expect(csvTable(utf8(page))).rejects.toMatchObject({ reason: 'HTML' });
  });
});
