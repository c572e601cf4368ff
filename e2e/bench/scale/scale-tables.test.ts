import { expect, test } from '@jest/globals';
import { costTable, growing, loadTable } from './scale-tables.ts';

const size = (referrals: number) => ({ people: referrals / 10, referrals, records: referrals * 10 });
const operation = (referrals: number, micros: readonly number[], times: readonly number[]) => ({
  area: 'inbox',
  what: 'a page',
  size: size(referrals),
  rounds: micros.map((one) => ({ micros: one, times: [...times] })),
});

test('each size stands beside the smallest, round by round, and what grows is called so', () => {
  const operations = [
    operation(1_000, [100, 200], [10, 20, 30]),
    operation(10_000, [150, 300], [10, 20, 90]),
    operation(100_000, [210, 420], [60, 60, 60]),
  ];
  const rows = (by: 'processor' | 'clock') =>
    costTable({ stages: [], operations }, by)
      .split('\n')
      .slice(2)
      .map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .slice(3, -1),
      );
  expect(rows('processor')).toEqual([
    ['1000', '20', '30', '150', '1', ''],
    ['10000', '20', '90', '225', '1.50 (1.50–1.50)', 'flat'],
    ['100000', '60', '60', '315', '2.10 (2.10–2.10)', 'grows'],
  ]);
  const figures = { stages: [], operations };
  expect(growing(figures, 'processor')).toEqual(["inbox, a page, at 100000 referrals: 2.10 of the smallest size's"]);
  expect(growing(figures, 'clock')).toEqual(["inbox, a page, at 100000 referrals: 3.00 of the smallest size's"]);
  expect(growing({ stages: [], operations: operations.slice(0, 2) }, 'processor')).toEqual([]);
  expect(rows('clock').map((row) => row.slice(4))).toEqual([
    ['1', ''],
    ['1.00 (1.00–1.00)', 'flat'],
    ['3.00 (3.00–3.00)', 'grows'],
  ]);
});

test('what was loaded is told each', () => {
  const loaded = [{ what: 'records', added: 1_000, seconds: 2, processorSeconds: 1, bytes: 3_000_000 }];
  const [, , row = ''] = loadTable({ stages: [{ size: size(100), loaded, verified: 1_000 }], operations: [] }).split(
    '\n',
  );
  expect(
    row
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  ).toEqual(['10', '100', '1000', '1000 records', '2', '1000', '3000', '1000']);
});
