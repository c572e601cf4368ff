import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { droppedRows } from './dropped-rows.ts';

const SHAPE = {
  columns: { id: '编号', name: '姓名' },
  schema: z.object({ id: z.string().min(1), name: z.string() }),
};
const rowsOf = (...rows: string[][]) => droppedRows({ columns: ['编号', '姓名'], rows }, SHAPE);

test('columns are found by heading, in any order and width, the others left alone', () => {
  const columns = ['备注', '姓 名', '\ufeff编号'];
  expect(droppedRows({ columns, rows: [['x', '张三', '1']] }, SHAPE).rows).toEqual([{ id: '1', name: '张三' }]);
});

test.each([[['编号']], [['编号', '姓名', '姓名']]])('with the headings %j the file is another one', (columns) => {
  expect(() => droppedRows({ columns, rows: [] }, SHAPE)).toThrow(
    expect.objectContaining({ reason: 'COLUMN_MISSING' }),
  );
});

test('a bad row is left out with its line and reason, the others stay', () => {
  expect(rowsOf(['1', 'a'], ['', 'b'], ['3'], ['4', 'd', 'e'], ['5', 'x'.repeat(1_001)])).toMatchObject({
    rows: [{ id: '1', name: 'a' }],
    bad: [
      { line: 3, reason: 'INVALID: id' },
      { line: 4, reason: 'COLUMN_COUNT' },
      { line: 5, reason: 'COLUMN_COUNT' },
      { line: 6, reason: 'CELL_TOO_LONG' },
    ],
  });
});

test('what can be read of a bad row is kept apart from the good ones', () => {
  expect(rowsOf(['1', 'a'], ['\u200b2 ', '张\ufffd'], ['3']).spoilt).toEqual([
    { id: '2', name: '张\ufffd' },
    { id: '3', name: '' },
  ]);
});

test('a file of which a fifth is unusable is refused', () => {
  const good = Array.from({ length: 24 }, (_, i) => [String(i + 1), '']);
  const bad = Array.from({ length: 6 }, () => ['', '']);
  expect(rowsOf(...good, ...bad).bad).toHaveLength(6);
  expect(() => rowsOf(...good.slice(1), ...bad)).toThrow(expect.objectContaining({ reason: 'TOO_MANY_BAD_ROWS' }));
});

describe('case 57: characters', () => {
  test.each([
    ['a byte that was none', '张\ufffd'],
    ['NUL', '张\u0000三'],
    ['escape', '张\u001b[31m三'],
    ['a lone surrogate', '张\ud800'],
  ])('%s costs the row', (_what, name) => {
    expect(rowsOf(['1', name])).toMatchObject({ rows: [], bad: [{ line: 2, reason: 'UNUSABLE_CHARACTERS' }] });
  });

  test('bidirectional and invisible ones are dropped', () => {
    expect(rowsOf(['1', '\u202e张\u2066三\u200b\u2069\ufeff']).rows).toEqual([{ id: '1', name: '张三' }]);
  });

  test('a heading is no way into an object', () => {
    const columns = ['编号', '姓名', '__proto__', 'constructor'];
    const { rows } = droppedRows({ columns, rows: [['1', 'a', 'x', 'y']] }, SHAPE);
    expect(rows).toEqual([{ id: '1', name: 'a' }]);
  });
});
