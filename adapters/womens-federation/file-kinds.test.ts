import { describe, expect, test } from '@jest/globals';
import { RIGHTS_CASE } from './file-kinds.ts';

const COLUMNS = [
  '个案编号',
  '档案编号',
  '案由',
  '办理阶段',
  '受理日期',
  '结案日期',
  '人身安全保护令',
  '承办单位',
  '是否封存',
];
const row = (number: string, sealed: string, stage = '已受理') =>
  [number, 'fl.1', '家暴', stage, '45000', '', '否', '', sealed] as const;
const casesOf = (...rows: readonly (readonly string[])[]) =>
  RIGHTS_CASE.index({ columns: COLUMNS, rows }).value.get('fl.1') ?? [];

describe('a rights case', () => {
  test('has its words translated, its serial date read', () => {
    expect(casesOf(row('1', '否'))).toEqual([
      {
        kind: 'DOMESTIC_VIOLENCE',
        kindText: '家暴',
        stage: 'ACCEPTED',
        acceptedOn: '2023-03-15',
        closedOn: null,
        protectionOrder: false,
        organisation: null,
        sealed: false,
      },
    ]);
  });

  test.each([
    ['否', false],
    ['Ｎ', false],
    ['0', false],
    ['是', true],
    ['', true],
    ['封', true],
    ['=FALSE()', true],
    ['\u200b否', false],
  ])('is open only by a plain no: %j', (word, sealed) => {
    expect(casesOf(row('1', word))[0]?.sealed).toBe(sealed);
  });

  test('that comes twice stays sealed if either line seals it; otherwise the last line counts', () => {
    expect(casesOf(row('1', '是'), row('1', '否', '已结案'))).toMatchObject([{ sealed: true, stage: 'CLOSED' }]);
    expect(casesOf(row('1', '否'), row('1', '是', '已结案'))).toMatchObject([{ sealed: true, stage: 'CLOSED' }]);
  });

  test('with a closing date that cannot be read still seals', () => {
    const sealing = row('1', '是').with(5, '不详');
    expect(casesOf(row('1', '否'), sealing)).toMatchObject([{ sealed: true, closedOn: null }]);
  });

  test.each([
    ['no acceptance date', row('１', '否').with(4, '')],
    ['a broken character', row('1', '否').with(7, '妇\ufffd')],
    ['columns missing', row('1', '否').slice(0, 7)],
    ['no person', row('1', '否').with(1, '')],
  ])('that comes a second time on a line with %s is sealed: what that line said is not known', (_what, spoilt) => {
    expect(casesOf(row('1', '否'), spoilt)).toMatchObject([{ sealed: true }]);
    expect(casesOf(spoilt, row('1', '否'), row('2', '否'))).toMatchObject([{ sealed: true }, { sealed: false }]);
  });

  test('under whose number an unusable line names another person is nobody’s', () => {
    expect(casesOf(row('1', '否'), row('1', '否').with(1, 'fl.2').with(4, ''))).toEqual([]);
  });

  test('without the column that tells sealed from open makes the file unusable', () => {
    const columns = COLUMNS.slice(0, -1);
    expect(() => RIGHTS_CASE.index({ columns, rows: [] })).toThrow(
      expect.objectContaining({ reason: 'COLUMN_MISSING' }),
    );
  });
});
